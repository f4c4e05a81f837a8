package io.github.clouddriver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.math.BigDecimal;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.jce.interfaces.ECPointEncoder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;

class CreateRequestTest {
  private static final InstanceType TYPE = InstanceType.builder("small", "m7i.large").build();
  private static final ImageId IMAGE = ImageId.of("ami-1");
  private static final PublicKey KEY = TestKeys.ec().getPublic();

  private static CreateRequest full() {
    return CreateRequest.builder(TYPE, IMAGE)
        .tags(InstanceTags.of("k", "v"))
        .initCommand(InitCommand.of("true"))
        .publicKey(KEY)
        .attemptToken(AttemptToken.of("attempt-1"))
        .build();
  }

  @Test
  void aPlainRequestHasTheDefaults() {
    CreateRequest request = CreateRequest.builder(TYPE, IMAGE).build();
    assertThat(request.type()).isEqualTo(TYPE);
    assertThat(request.image()).isEqualTo(IMAGE);
    assertThat(request.tags()).isEqualTo(InstanceTags.empty());
    assertThat(request.initCommand()).isEqualTo(InitCommand.NONE);
    assertThat(request.publicKey()).isEmpty();
    assertThat(request.attemptToken()).isEmpty();
  }

  @Test
  void whatIsSetComesBackAndCanBeUnset() {
    CreateRequest request = full();
    assertThat(request.tags()).isEqualTo(InstanceTags.of("k", "v"));
    assertThat(request.initCommand()).isEqualTo(InitCommand.of("true"));
    assertThat(request.publicKey()).containsSame(KEY);
    assertThat(request.attemptToken()).contains(AttemptToken.of("attempt-1"));
    CreateRequest bare = request.toBuilder().publicKey(null).attemptToken(null).build();
    assertThat(bare.publicKey()).isEmpty();
    assertThat(bare.attemptToken()).isEmpty();
    assertThat(request).as("the first one").isEqualTo(full());
  }

  @Test
  void aBuilderMadeOfARequestMakesItsEqual() {
    assertThat(full().toBuilder().build()).isEqualTo(full()).hasSameHashCodeAs(full());
    CreateRequest plain = CreateRequest.builder(TYPE, IMAGE).build();
    assertThat(plain.toBuilder().build()).isEqualTo(plain).hasSameHashCodeAs(plain);
  }

  @Test
  void everyPartCounts() {
    CreateRequest request = full();
    List<CreateRequest> others =
        List.of(
            request.toBuilder().tags(InstanceTags.empty()).build(),
            request.toBuilder().initCommand(InitCommand.NONE).build(),
            request.toBuilder().publicKey(null).build(),
            request.toBuilder().publicKey(TestKeys.rsa().getPublic()).build(),
            request.toBuilder().attemptToken(null).build(),
            request.toBuilder().attemptToken(AttemptToken.of("attempt-2")).build(),
            withType(TYPE.toBuilder().vcpus(2).build(), IMAGE),
            withType(TYPE, ImageId.of("ami-2")));
    for (CreateRequest other : others) {
      assertThat(request).isNotEqualTo(other);
      assertThat(other).isNotEqualTo(request);
    }
    assertThat(request).isEqualTo(full()).isNotEqualTo(null).isNotEqualTo("request");
  }

  private static CreateRequest withType(InstanceType type, ImageId image) {
    return CreateRequest.builder(type, image)
        .tags(InstanceTags.of("k", "v"))
        .initCommand(InitCommand.of("true"))
        .publicKey(KEY)
        .attemptToken(AttemptToken.of("attempt-1"))
        .build();
  }

  @Test
  void T3_twoProvidersObjectsOfOneKeyMakeEqualRequests() throws Exception {
    PublicKey other =
        KeyFactory.getInstance("EC", new BouncyCastleProvider())
            .generatePublic(new X509EncodedKeySpec(KEY.getEncoded()));
    ((ECPointEncoder) other).setPointFormat("COMPRESSED");
    assertThat(KEY.equals(other)).as("the key objects themselves").isFalse();
    CreateRequest request = full().toBuilder().publicKey(other).build();
    assertThat(request).isEqualTo(full()).hasSameHashCodeAs(full());
    assertThat(full()).isEqualTo(request);
  }

  @Test
  void aKeyThatNoSshServerCouldBeGivenIsRefused() {
    PublicKey dsa = TestKeys.generate("DSA", 1024).getPublic();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CreateRequest.builder(TYPE, IMAGE).publicKey(dsa))
        .withMessageContaining("DSA");
  }

  @Test
  void whatARequestNeedsIsNotNull() {
    CreateRequest.Builder builder = CreateRequest.builder(TYPE, IMAGE);
    assertThatNullPointerException()
        .isThrownBy(() -> CreateRequest.builder(null, IMAGE))
        .withMessage("type");
    assertThatNullPointerException()
        .isThrownBy(() -> CreateRequest.builder(TYPE, null))
        .withMessage("image");
    assertThatNullPointerException().isThrownBy(() -> builder.tags(null)).withMessage("tags");
    assertThatNullPointerException()
        .isThrownBy(() -> builder.initCommand(null))
        .withMessage("initCommand");
  }

  @Test
  void D8_theTextShowsNoValueThatMayBeSecret() {
    CreateRequest request =
        full().toBuilder()
            .tags(InstanceTags.of("InstanceSecret", "hunter2"))
            .initCommand(InitCommand.of("echo hunter3"))
            .build();
    assertThat(request)
        .hasToString(
            "CreateRequest[small, image ami-1, tags [InstanceSecret], InitCommand[12 bytes],"
                + " with a public key, attempt attempt-1]");
    assertThat(CreateRequest.builder(TYPE, IMAGE).build())
        .hasToString(
            "CreateRequest[small, image ami-1, tags [], InitCommand[0 bytes], no public key]");
  }

  @Test
  void D8_aSecretShowsItselfOnlyWhenItIsAskedTo() {
    Secret secret = Secret.of("hunter2");
    assertThat(secret).hasToString("[secret]");
    assertThat(secret.reveal()).isEqualTo("hunter2");
    assertThat(secret).isEqualTo(Secret.of("hunter2")).hasSameHashCodeAs(Secret.of("hunter2"));
    assertThat(secret).isNotEqualTo(Secret.of("hunter3")).isNotEqualTo("hunter2");
    assertThat(Secret.of("é")).isNotEqualTo(Secret.of("e"));
  }

  @Test
  void idsPrintTheirBareTextAndAreEqualByIt() {
    assertThat(ImageId.of("ami-1")).hasToString("ami-1").isEqualTo(ImageId.of("ami-1"));
    assertThat(InstanceId.of("i-1")).hasToString("i-1").isNotEqualTo(InstanceId.of("i-2"));
    assertThat(InstanceQuotaGroup.of("spot")).hasToString("spot");
    assertThat(AttemptToken.of("t")).hasToString("t");
    assertThat(InstanceId.of("i-1")).isLessThan(InstanceId.of("i-2"));
    assertThat(InstanceId.of("i-1")).isEqualByComparingTo(InstanceId.of("i-1"));
  }

  @Test
  void S11_randomTokensDiffer() {
    assertThat(AttemptToken.random()).isNotEqualTo(AttemptToken.random());
    assertThat(AttemptToken.random().value()).hasSize(36);
  }

  @Test
  void anInstanceTypeHasDefaultsAndKeepsWhatIsSet() {
    assertThat(TYPE.vcpus()).isEqualTo(1);
    assertThat(TYPE.ram()).isZero();
    assertThat(TYPE.scratch()).isZero();
    assertThat(TYPE.price()).isEqualTo(BigDecimal.ZERO);
    assertThat(TYPE.preemptible()).isFalse();
    assertThat(TYPE.gpu()).isEmpty();
    InstanceType big = big();
    assertThat(big.name()).isEqualTo("big");
    assertThat(big.providerType()).isEqualTo("p5.48xlarge");
    assertThat(big.vcpus()).isEqualTo(192);
    assertThat(big.ram()).isEqualTo(2L << 40);
    assertThat(big.includedScratch()).isEqualTo(30);
    assertThat(big.addedScratch()).isEqualTo(12);
    assertThat(big.scratch()).isEqualTo(42);
    assertThat(big.price()).isEqualTo(new BigDecimal("98.32"));
    assertThat(big.preemptible()).isTrue();
    assertThat(big.gpu()).contains(gpu());
    assertThat(big).hasToString("big[p5.48xlarge, 192 vCPU, RAM 2TiB, preemptible, 8 × cuda]");
    assertThat(TYPE).hasToString("small[m7i.large, 1 vCPU, RAM 0]");
  }

  private static Gpu gpu() {
    return Gpu.builder("cuda")
        .driverVersion("12.4")
        .hardwareTarget("9.0")
        .deviceCount(8)
        .vram(80L << 30)
        .build();
  }

  private static InstanceType big() {
    return InstanceType.builder("big", "p5.48xlarge")
        .vcpus(192)
        .ram(2L << 40)
        .includedScratch(30)
        .addedScratch(12)
        .price(new BigDecimal("98.320"))
        .preemptible(true)
        .gpu(gpu())
        .build();
  }

  @Test
  void everyPartOfAnInstanceTypeCounts() {
    InstanceType big = big();
    assertThat(big.toBuilder().build()).isEqualTo(big()).hasSameHashCodeAs(big());
    assertThat(big.toBuilder().price(new BigDecimal("98.3200")).build()).isEqualTo(big);
    for (InstanceType other :
        List.of(
            big.toBuilder().vcpus(1).build(),
            big.toBuilder().ram(1).build(),
            big.toBuilder().includedScratch(12).build(),
            big.toBuilder().addedScratch(30).build(),
            big.toBuilder().price(BigDecimal.ONE).build(),
            big.toBuilder().preemptible(false).build(),
            big.toBuilder().gpu(null).build(),
            big.toBuilder().gpu(Gpu.builder("cuda").build()).build(),
            copyOf(big, "other", "p5.48xlarge"),
            copyOf(big, "big", "other"))) {
      assertThat(big).isNotEqualTo(other);
    }
    assertThat(copyOf(big, "big", "p5.48xlarge")).isEqualTo(big);
    assertThat(big).isNotEqualTo(null).isNotEqualTo("big");
  }

  private static InstanceType copyOf(InstanceType type, String name, String providerType) {
    return InstanceType.builder(name, providerType)
        .vcpus(type.vcpus())
        .ram(type.ram())
        .includedScratch(type.includedScratch())
        .addedScratch(type.addedScratch())
        .price(type.price())
        .preemptible(type.preemptible())
        .gpu(type.gpu().orElse(null))
        .build();
  }

  @Test
  void everyPartOfAGpuCounts() {
    assertThat(gpu()).isEqualTo(gpu()).hasSameHashCodeAs(gpu()).hasToString("8 × cuda");
    assertThat(gpu().stack()).isEqualTo("cuda");
    assertThat(gpu().driverVersion()).isEqualTo("12.4");
    assertThat(gpu().hardwareTarget()).isEqualTo("9.0");
    assertThat(gpu().deviceCount()).isEqualTo(8);
    assertThat(gpu().vram()).isEqualTo(80L << 30);
    Gpu plain = Gpu.builder("rocm").build();
    assertThat(plain.driverVersion()).isEmpty();
    assertThat(plain.hardwareTarget()).isEmpty();
    assertThat(plain.deviceCount()).isEqualTo(1);
    assertThat(plain.vram()).isZero();
    for (Gpu other :
        List.of(
            Gpu.builder("cuda").build(),
            Gpu.builder("rocm").driverVersion("1").build(),
            Gpu.builder("rocm").hardwareTarget("1").build(),
            Gpu.builder("rocm").deviceCount(2).build(),
            Gpu.builder("rocm").vram(1).build())) {
      assertThat(plain).isNotEqualTo(other);
    }
    assertThat(plain).isNotEqualTo(null).isNotEqualTo("rocm");
  }

  @Test
  void I8_anInterruptionHasAKindAndPerhapsADeadline() {
    Instant soon = Instant.parse("2026-01-01T00:00:00Z");
    Interruption known = Interruption.of(Interruption.Kind.RECLAIM, soon);
    Interruption open = Interruption.of(Interruption.Kind.RECLAIM, null);
    assertThat(known.kind()).isEqualTo(Interruption.Kind.RECLAIM);
    assertThat(known.deadline()).contains(soon);
    assertThat(open.deadline()).isEmpty();
    assertThat(known).hasToString("RECLAIM at 2026-01-01T00:00:00Z");
    assertThat(open).hasToString("RECLAIM").isNotEqualTo(known);
    assertThat(known).isEqualTo(Interruption.of(Interruption.Kind.RECLAIM, soon));
    assertThat(known).hasSameHashCodeAs(Interruption.of(Interruption.Kind.RECLAIM, soon));
    assertThat(known).isNotEqualTo(Interruption.of(Interruption.Kind.MAINTENANCE, soon));
    assertThatNullPointerException().isThrownBy(() -> Interruption.of(null, soon));
  }
}
