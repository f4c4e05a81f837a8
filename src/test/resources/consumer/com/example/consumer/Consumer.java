package com.example.consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.Driver;
import io.github.clouddriver.DriverFunc;
import io.github.clouddriver.Drivers;
import io.github.clouddriver.ImageId;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.InstanceSetId;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.InstanceType;
import io.github.clouddriver.Secret;
import io.github.clouddriver.SharedResourceTags;
import io.github.clouddriver.error.ConfigException;
import io.github.clouddriver.exec.Executor;
import io.github.clouddriver.exec.SshSigner;
import io.github.clouddriver.ssh.SshExecutor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** What a user of the packaged library does first; the argument says whether to log in over SSH. */
public final class Consumer {
  /** A configuration class of the consumer's own, in a package that is opened to Jackson only. */
  record Settings(
      String region, List<Zone> zones, Secret key, Duration patience, @Nullable String note) {}

  record Zone(String name, int weight, Optional<Boolean> spot) {}

  private Consumer() {}

  public static void main(String[] args) throws Exception {
    boolean login = Boolean.parseBoolean(args[0]);
    Driver memory = Drivers.named("memory");
    JsonNode memoryConfig = json("{'SSH': " + login + "}");
    Driver mine =
        DriverFunc.of(
            Settings.class,
            (settings, id, tags, logger, registry) -> {
              System.out.println("bound " + settings);
              return memory.instanceSet(memoryConfig, id, tags, logger, registry);
            });
    try {
      start(mine, "{'region': 'here', 'zones': [{'name': 'a', 'weight': '1'}], 'key': 'k', 'patience': '3s'}");
      throw new AssertionError("text was taken for a number");
    } catch (ConfigException e) {
      System.out.println("refused " + e.path());
    }

    KeyPair key = KeyPairGenerator.getInstance("RSA").generateKeyPair();
    InstanceType type = InstanceType.builder("small", "small").build();
    InstanceTags tags = InstanceTags.of("InstanceSetID", "zzzzz-zzzzz-zzzzzzzzzzzzzzz");
    try (InstanceSet set =
        start(mine, "{'Region': 'here', 'zones': [{'name': 'a', 'weight': 1}], 'key': 'k', 'patience': '3s'}")) {
      Instance instance =
          set.create(
              CreateRequest.builder(type, ImageId.of("image"))
                  .tags(tags)
                  .publicKey(key.getPublic())
                  .build());
      if (login) {
        try (Executor executor = SshExecutor.builder().build()) {
          executor.setSigners(SshSigner.of(key));
          executor.setTarget(instance);
          System.out.println("ran " + executor.execute("echo hello", null).orThrow().stdoutText().strip());
        }
      }
      instance.destroy();
      System.out.println("left " + set.instances(tags));
    }
  }

  private static InstanceSet start(Driver driver, String config) throws Exception {
    return driver.instanceSet(
        json(config),
        InstanceSetId.of("zzzzz-zzzzz-zzzzzzzzzzzzzzz"),
        SharedResourceTags.empty(),
        LoggerFactory.getLogger(Consumer.class),
        new SimpleMeterRegistry());
  }

  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }
}
