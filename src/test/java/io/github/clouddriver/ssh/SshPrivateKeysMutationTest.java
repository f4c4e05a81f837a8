package io.github.clouddriver.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.clouddriver.exec.SshPublicKeys;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Key files with random damage: the same key, or a refusal that shows nothing of it. */
@Timeout(120)
class SshPrivateKeysMutationTest {
  private static final int RUNS = 40;

  /** Of a key, this many characters in a row do not turn up anywhere by chance. */
  private static final int TELLTALE = 10;

  /** Just a number, and any other number is a private key, too. */
  private static final Set<String> HAVE_NOTHING_TO_COMPARE =
      Set.of("ecdsa-pem-without-public", "ed25519-pkcs8", "ed25519-pkcs8-v1-encrypted");

  static Stream<String> files() {
    return Stream.concat(ThrowAwayKeys.PLAIN.stream(), ThrowAwayKeys.ENCRYPTED.stream());
  }

  @ParameterizedTest
  @MethodSource("files")
  void damageIsRefusedWithoutShowingContent(String name) {
    long seed = new Random().nextLong();
    System.out.println("seed of the damage to " + name + ": " + seed);
    Random random = new Random(seed);
    String text = ThrowAwayKeys.text(name);
    String expected =
        SshPublicKeys.fingerprint(SshPrivateKeys.parse(text, ThrowAwayKeys.PASSPHRASE).getPublic());
    for (int run = 0; run < RUNS; run++) {
      String damaged = random.nextBoolean() ? damageText(text, random) : damageBytes(text, random);
      try {
        KeyPair pair = SshPrivateKeys.parse(damaged, ThrowAwayKeys.PASSPHRASE);
        if (!HAVE_NOTHING_TO_COMPARE.contains(name)) {
          assertThat(SshPublicKeys.fingerprint(pair.getPublic())).isEqualTo(expected);
        }
      } catch (IllegalArgumentException e) {
        assertShowsNothing(e, text, damaged);
      }
    }
  }

  private static String damageText(String text, Random random) {
    StringBuilder damaged = new StringBuilder(text);
    int at = random.nextInt(text.length());
    switch (random.nextInt(5)) {
      case 0 -> damaged.setCharAt(at, (char) random.nextInt(300));
      case 1 -> damaged.deleteCharAt(at);
      case 2 -> damaged.insert(at, (char) (32 + random.nextInt(95)));
      case 3 -> damaged.setLength(at);
      default -> {
        List<String> lines = new ArrayList<>(text.lines().toList());
        Collections.swap(lines, random.nextInt(lines.size()), random.nextInt(lines.size()));
        return String.join("\n", lines);
      }
    }
    return damaged.toString();
  }

  /** Another byte in what the base 64 stands for, which gets past its decoder. */
  private static String damageBytes(String text, Random random) {
    List<String> lines = text.lines().toList();
    List<String> head = lines.stream().takeWhile(line -> !isBase64(line)).toList();
    byte[] bytes = Base64.getDecoder().decode(body(text));
    // Half of it where the structure is, which is what is hard to read.
    int end = random.nextBoolean() ? Math.min(bytes.length, 60) : bytes.length;
    bytes[random.nextInt(end)] = (byte) random.nextInt();
    return String.join("\n", head)
        + "\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
        + "\n"
        + lines.get(lines.size() - 1);
  }

  private static boolean isBase64(String line) {
    return line.matches("[A-Za-z0-9+/]+=*");
  }

  /** The base 64 of the last key in the text. */
  private static String body(String text) {
    return text.substring(text.lastIndexOf("-----BEGIN"))
        .lines()
        .filter(SshPrivateKeysMutationTest::isBase64)
        .collect(Collectors.joining());
  }

  private static void assertShowsNothing(Throwable thrown, String text, String damaged) {
    assertThat(thrown).hasNoCause().hasNoSuppressedExceptions();
    StringWriter printed = new StringWriter();
    thrown.printStackTrace(new PrintWriter(printed, true));
    String message = printed.toString();
    String content = body(text) + "\n" + damaged;
    for (int i = 0; i + TELLTALE <= message.length(); i++) {
      String part = message.substring(i, i + TELLTALE);
      if (isBase64(part)) {
        assertThat(content).doesNotContain(part);
      }
    }
  }
}
