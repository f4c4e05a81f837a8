package io.github.clouddriver.internal.sshserver;

import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.session.ClientSession;
import org.slf4j.helpers.NOPLogger;

/** Prints the security providers before and after a login. */
final class ProvidersProbe {
  private ProvidersProbe() {}

  public static void main(String[] args) throws Exception {
    print();
    ScriptedService service = new ScriptedService();
    try (SshServerPool pool = new SshServerPool("probe", NOPLogger.NOP_LOGGER);
        SshClient client = SshClient.setUpDefaultClient()) {
      int port = pool.start(service).address().getPort();
      client.setServerKeyVerifier((session, address, key) -> true);
      client.start();
      try (ClientSession session =
          client.connect(ScriptedService.USER, "localhost", port).verify(20_000).getSession()) {
        session.addPublicKeyIdentity(service.userKey);
        session.auth().verify(20_000);
        session.executeRemoteCommand("x");
      }
    }
    print();
  }

  private static void print() {
    System.out.println(
        Arrays.stream(Security.getProviders())
            .map(Provider::getName)
            .collect(Collectors.joining(" ")));
  }
}
