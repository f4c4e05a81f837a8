package io.github.clouddriver.ssh;

import io.github.clouddriver.exec.SshSigner;
import java.io.IOException;
import java.security.KeyPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A server, and an executor that has the key to log in there but no target yet. */
@Timeout(60)
abstract class ExecutorFixture {
  static final KeyPair HOST_KEY = TestKeys.ec("secp256r1");
  static final KeyPair OTHER_KEY = TestKeys.ec("secp256r1");

  final SshExecutor executor = SshExecutor.builder().build();
  ScriptedServer server;

  @BeforeEach
  final void startServer() throws IOException {
    server = new ScriptedServer(HOST_KEY);
    executor.setSigners(SshSigner.of(TestKeys.CLIENT));
  }

  @AfterEach
  final void stopServer() throws IOException {
    executor.close();
    server.close();
  }

  /** Sets a new target that stands for the server. */
  final TestTarget target(TestTarget.Check check) {
    TestTarget target = new TestTarget(server.port(), check);
    executor.setTarget(target);
    return target;
  }
}
