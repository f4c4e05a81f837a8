package io.github.clouddriver.testkit;

import io.github.clouddriver.Capability;
import io.github.clouddriver.ForwardingInstance;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.HostKeyMismatchException;
import io.github.clouddriver.error.NotImplementedException;
import io.github.clouddriver.exec.ExecResult;
import io.github.clouddriver.exec.HostPort;
import io.github.clouddriver.exec.RemoteConnection;
import io.github.clouddriver.exec.RemoteStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.PublicKey;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an instance promises as a target of commands: clauses T1 to T5. */
public abstract class TargetContract extends ContractTest {
  private static final List<String> PLACEHOLDERS =
      List.of(
          "0.0.0.0",
          "::",
          "0:0:0:0:0:0:0:0",
          "255.255.255.255",
          "unknown",
          "none",
          "null",
          "n-a",
          "pending",
          "tbd",
          "-");

  /** For the test class of a driver author. */
  protected TargetContract() {}

  /**
   * Asks that there is no address, or a real one, until a real one has come. If it fails: what does
   * the provider show before it has assigned an address?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_T1_thereIsAnAddressOrNone() throws Exception {
    InstanceSet set = lab().open();
    Instance made = lab().create(set);
    checkAddress(made);
    boolean assigned =
        lab()
            .pace()
            .settles(
                () -> {
                  Instance row = lab().find(set, made.id()).orElse(made);
                  checkAddress(row);
                  checkAddress(made);
                  return row.address().isPresent();
                });
    lab()
        .check(
            assigned,
            "after " + lab().pace().settle() + " " + made + " has no address.",
            "does the list read addresses? Is settleTimeout() long enough?");
  }

  private void checkAddress(Instance instance) {
    Optional<HostPort> address = instance.address();
    lab().check(address != null, "address() is null.", "unknown is Optional.empty().");
    String host = address.map(HostPort::host).orElse("").toLowerCase(Locale.ROOT);
    lab()
        .check(
            !PLACEHOLDERS.contains(host),
            "address() is the placeholder " + host + ".",
            "unknown is Optional.empty(): whatever else is told will be dialled.");
  }

  /**
   * Asks that the remote user is never empty. If it fails: is it known before the instance boots?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_T2_theRemoteUserIsTold() throws Exception {
    InstanceSet set = lab().open();
    Instance made = lab().create(set);
    lab().awaitListed(set, made);
    for (Instance each : List.of(made, lab().find(set, made.id()).orElse(made))) {
      String user = each.remoteUser();
      lab()
          .check(
              user != null && !user.isBlank() && user.strip().equals(user),
              "remoteUser() is \"" + user + "\".",
              "it is the user to log in as.");
    }
  }

  /**
   * Asks that a key which is not the instance's own is never accepted. Skipped without HOST_KEY. If
   * it fails: what does the driver compare the key with?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_T3_anotherKeyIsRefused() throws Exception {
    Instance made = verifying();
    PublicKey key = Keys.newPair().getPublic();
    Throwable raised = lab().raisedBy(() -> made.verifyHostKey(key, null));
    if (raised instanceof NotImplementedException) {
      Broken connection = new Broken();
      Throwable again = lab().raisedBy(() -> made.verifyHostKey(key, connection));
      lab()
          .check(
              connection.used || !(again instanceof NotImplementedException),
              "the set claims HOST_KEY, but verifyHostKey raises " + again + " in any case.",
              "tell host keys, with or without a connection, or do not claim HOST_KEY.");
      return;
    }
    if (raised != null && !(raised instanceof HostKeyMismatchException)) {
      checkDecidesTheOwnKey(made);
    }
    lab()
        .check(
            raised instanceof HostKeyMismatchException,
            "for a key that is not the instance's, verifyHostKey "
                + (raised == null ? "returned." : "raised " + raised + "."),
            "it raises HostKeyMismatchException; or NotImplementedException where it needs a"
                + " connection to tell.");
  }

  private Optional<PublicKey> ownKey(Instance made) throws Exception {
    ProviderView provider = lab().subject().provider().orElse(null);
    return provider == null ? Optional.empty() : provider.hostKey(made.id());
  }

  /** Whatever key it is, verification without a connection ends in one of three ways. */
  private @Nullable Throwable checkDecidesTheOwnKey(Instance made) throws Exception {
    PublicKey own = ownKey(made).orElse(null);
    if (own == null) {
      return null; // a failure for another key may be meant as its refusal
    }
    Throwable raised = lab().raisedBy(() -> made.verifyHostKey(own, null));
    if (raised == null
        || raised instanceof HostKeyMismatchException
        || raised instanceof NotImplementedException) {
      return raised;
    }
    throw new Breach(
        "T5",
        "for the instance's own key and without a connection, verifyHostKey raised " + raised + ".",
        "without a connection it decides, or raises NotImplementedException.",
        raised);
  }

  /**
   * Asks that the instance's own key is accepted, also as an object of another security provider.
   * Skipped without HOST_KEY, and where neither {@code provider()} nor {@code executor()} tells the
   * key. If it fails: are keys compared with {@code SshPublicKeys.same}?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_T3_theOwnKeyIsAccepted() throws Exception {
    InstanceSet set = lab().open();
    Instance made = lab().create(set, request -> request.publicKey(Keys.pair().getPublic()));
    lab().needCapability(set, Capability.HOST_KEY, () -> checkNotImplemented(made));
    Optional<PublicKey> own = ownKey(made);
    checkDecidesTheOwnKey(made);
    boolean needsConnection = own.isEmpty();
    if (own.isPresent()) {
      for (PublicKey key : List.of(own.get(), Keys.ofAnotherProvider(own.get()))) {
        Throwable raised = lab().raisedBy(() -> made.verifyHostKey(key, null));
        lab()
            .check(
                raised == null || raised instanceof NotImplementedException,
                "for the instance's own key, verifyHostKey raised " + raised + ".",
                "compare keys with SshPublicKeys.same: one key may be objects that are not equal.");
        needsConnection |= raised != null;
      }
    }
    if (needsConnection) {
      // An executor runs nothing before the host key is verified (clause E2).
      ExecResult result = Login.run(lab(), set, made, "true");
      lab().check(result.succeeded(), "the login's shell ended with " + result + ".", "its shell.");
    }
  }

  private Instance verifying() throws Exception {
    InstanceSet set = lab().open();
    Instance made = lab().create(set);
    lab().needCapability(set, Capability.HOST_KEY, () -> checkNotImplemented(made));
    return made;
  }

  /**
   * Asks that an instance which cannot tell raises {@code NotImplementedException}, also through a
   * decorator. Skipped where the instance can tell without a connection. If it fails: is the
   * exception wrapped, or another one raised?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_T4_whatCannotTellSaysSo() throws Exception {
    InstanceSet set = lab().open();
    Instance made = lab().create(set);
    if (!set.capabilities().contains(Capability.HOST_KEY)) {
      checkNotImplemented(made);
      return;
    }
    Throwable raised = checkDecidesTheOwnKey(new Decorated(made));
    Lab.need(raised instanceof NotImplementedException, "the instance can tell its host key");
    lab()
        .check(
            raised.getClass() == NotImplementedException.class,
            "verifyHostKey without a connection raised " + raised + ".",
            "without a way to tell it raises exactly NotImplementedException.");
  }

  private void checkNotImplemented(Instance made) {
    PublicKey key = Keys.newPair().getPublic();
    for (Instance each : List.of(made, new Decorated(made))) {
      for (RemoteConnection connection : new RemoteConnection[] {null, new Broken()}) {
        Throwable raised = lab().raisedBy(() -> each.verifyHostKey(key, connection));
        if (raised == null || raised.getClass() != NotImplementedException.class) {
          throw new Breach(
              "T4",
              "a set without HOST_KEY answers verifyHostKey "
                  + (raised == null ? "by accepting the key." : "with " + raised + "."),
              "without a way to tell it raises exactly NotImplementedException.",
              raised);
        }
      }
    }
  }

  /**
   * Asks that verification without a connection decides or says that it cannot, and that a
   * connection which breaks is neither "another key" nor "cannot tell". If it fails: what becomes
   * of an {@code IOException} of the connection?
   *
   * @throws Exception if the driver breaks the clause
   */
  @Test
  public void required_T5_aBrokenConnectionProvesNothing() throws Exception {
    Instance made = verifying();
    PublicKey key = Keys.newPair().getPublic();
    Throwable without = checkDecidesTheOwnKey(made);
    Broken connection = new Broken();
    Throwable raised = lab().raisedBy(() -> made.verifyHostKey(key, connection));
    if (!connection.used) {
      lab()
          .check(
              raised == null || raised instanceof CloudException,
              "verifyHostKey did not use the connection that it got, and raised " + raised + ".",
              "decide, or raise NotImplementedException.");
      return; // whether it decides rightly is clause T3
    }
    lab()
        .check(
            raised instanceof CloudException
                && !(raised instanceof HostKeyMismatchException)
                && !(raised instanceof NotImplementedException),
            "over a connection that broke, verifyHostKey "
                + (raised == null ? "accepted the key" : "raised " + raised)
                + (without == null ? "." : " (without one, it raised " + without + ")."),
            "an IOException of the connection becomes a plain CloudException.");
  }

  /** A decorator that changes nothing. */
  private static final class Decorated extends ForwardingInstance {
    Decorated(Instance delegate) {
      super(delegate);
    }
  }

  /** A connection that breaks whenever it is used. */
  private static final class Broken implements RemoteConnection {
    private volatile boolean used;

    @Override
    public ExecResult execute(String command, @Nullable InputStream stdin) throws IOException {
      used = true;
      throw new IOException("the kit broke the connection");
    }

    @Override
    public RemoteStream open(String host, int port) throws IOException {
      used = true;
      throw new IOException("the kit broke the connection");
    }
  }
}
