package io.github.clouddriver.ssh;

import io.github.clouddriver.exec.SshSigner;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import net.schmizz.sshj.common.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Keys that an SSH agent holds and never gives away, such as those of {@code ssh-agent}. The agent
 * is asked over its Unix-domain socket, and signs. On Windows such a socket is needed, too: the
 * named pipe of the agent that comes with Windows is not supported.
 *
 * <pre>{@code
 * executor.setSigners(SshAgent.signers().toArray(SshSigner[]::new));
 * }</pre>
 *
 * <p>RSA, ECDSA and Ed25519 keys are offered, those of FIDO security keys, and certificates of any
 * of these; keys of other kinds are left out. The {@link SshSigner#publicKey()} of a certificate is
 * the certificate. A server counts each key that it refuses, and ends the connection after six or
 * so: an agent with more keys wants a choice.
 *
 * <p>Each question has a connection of its own, which is closed with the answer, so there is
 * nothing to close. No private key comes into this process, and no message shows what is signed
 * (clause D8). Safe for any thread.
 */
public final class SshAgent {
  private static final String SOCKET_VARIABLE = "SSH_AUTH_SOCK";
  private static final Duration LISTING = Duration.ofSeconds(10);

  private static final int MOST_KEYS = 2048;

  private static final byte REQUEST_IDENTITIES = 11;
  private static final byte IDENTITIES = 12;

  private SshAgent() {}

  /**
   * The keys of the agent that the environment variable {@code SSH_AUTH_SOCK} names. Waits for it
   * for 10 s at most.
   *
   * @return signers in the agent's order, as {@link #signers(Path)} returns them
   * @throws IOException if the variable is not set, or as in {@link #signers(Path)}
   * @throws InterruptedException if the calling thread was interrupted
   */
  public static List<SshSigner> signers() throws IOException, InterruptedException {
    return signers(System::getenv);
  }

  static List<SshSigner> signers(UnaryOperator<@Nullable String> environment)
      throws IOException, InterruptedException {
    String socket = environment.apply(SOCKET_VARIABLE);
    if (socket == null || socket.isEmpty()) {
      throw new IOException(
          "there is no SSH agent: the environment variable " + SOCKET_VARIABLE + " is not set");
    }
    try {
      return signers(Path.of(socket));
    } catch (InvalidPathException e) {
      throw new IOException(
          "the environment variable " + SOCKET_VARIABLE + " is not the path of a socket", e);
    }
  }

  /**
   * The keys of an agent. Waits for it for 10 s at most.
   *
   * <p>The signers ask it again each time they sign, and wait for as long as it takes a person to
   * confirm: an executor interrupts them at its deadline for the login (clause E5), and left alone
   * they give up after 5 min. An agent that cannot be reached, refuses, or answers nonsense is an
   * {@link IOException} there, too.
   *
   * @param socket the agent's socket
   * @return signers in the agent's order, safe for use by several threads; the list cannot be
   *     modified, and is empty if the agent has no key or is locked
   * @throws IOException if the agent cannot be reached, does not answer in time, refuses, or
   *     answers what is no answer; the message names the socket
   * @throws InterruptedException if the calling thread was interrupted
   */
  public static List<SshSigner> signers(Path socket) throws IOException, InterruptedException {
    Buffer.PlainBuffer request = new Buffer.PlainBuffer();
    request.putByte(REQUEST_IDENTITIES);
    Buffer.PlainBuffer answer = AgentConnection.ask(socket, request, IDENTITIES, LISTING);
    try {
      long count = answer.readUInt32();
      if (count > MOST_KEYS) {
        throw new IOException("it claims to have " + count + " keys");
      }
      List<SshSigner> signers = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        byte[] publicKey = answer.readBytes();
        answer.readBytes(); // the comment
        AgentSigner.of(socket, publicKey).ifPresent(signers::add);
      }
      return List.copyOf(signers);
    } catch (IOException e) {
      throw AgentConnection.nonsense(socket, e);
    }
  }
}
