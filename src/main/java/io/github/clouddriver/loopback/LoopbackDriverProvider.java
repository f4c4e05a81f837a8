package io.github.clouddriver.loopback;

import io.github.clouddriver.Driver;
import io.github.clouddriver.DriverFunc;
import io.github.clouddriver.DriverProvider;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.internal.sshserver.SshLibrary;

/**
 * Announces this host under the name {@code loopback}, for {@code Drivers.named("loopback")}.
 *
 * <p>The configuration has no keys. Each set has room for one instance, of any type and image,
 * preemptible or not, and is at quota while that exists (clause X2): all types are one quota group.
 * Sets know nothing of each other, also where they have the same id: each may have an instance of
 * this host.
 *
 * <p><strong>Claimed</strong> are PUBLIC_KEY, HOST_KEY and STATE. Not claimed is ADOPTION: an
 * instance lives inside the process and ends with its set. Nor is INIT_COMMAND (clause S3): such a
 * command prepares a new machine, and this host is none. An attempt token is refused (clause S11).
 * Nothing long-lived is made, so there is nothing for the shared tags.
 *
 * <p><strong>Commands</strong> are run by {@code /bin/sh -c}, byte for byte, in the home directory
 * of the user of this process, with the environment of this process and what the client set with
 * {@code env} requests, as far as a shell can have variables of these names. As with any SSH
 * server, the channel stays open as long as somebody has the command's standard output or error
 * open, and a process that is left in the background without them is killed at the command's end.
 *
 * <p>A client's signal reaches the whole process group of the command. A command that ends with 128
 * plus the number of a signal which the client had sent counts as ended by that signal; a status of
 * any other number is told as it is, since nobody can tell a signal's from a shell's own. QUIT has
 * no effect on most programs here: a Java process blocks it in all that it starts. Nor has a signal
 * that this process was itself started to ignore: HUP by {@code nohup}, INT in a script's
 * background.
 *
 * <p><strong>Process groups</strong> are made by the program {@code setsid}. Where that is missing,
 * as on macOS, a set says so in its log, and signals reach what descends from the command's shell:
 * all but a process whose parent has ended before. A process that leaves its group by itself, as
 * daemons do, is not reached in either case; nor is one that runs as another user by {@code sudo}.
 * A Java process that is itself killed, or ends without having stopped its sets, leaves the
 * commands running; what each has in the background is killed when it ends.
 *
 * <p><strong>The end</strong> of an instance, by {@code destroy()} or with its set, waits until its
 * connections, its threads and its commands with all their processes have ended, and no longer than
 * 4 s (clauses I5, S9); what is left over then is logged. An interrupt ends the wait: {@code
 * destroy()} raises {@code InterruptedException} (S12), and after a {@code stop()} the thread is
 * still interrupted.
 *
 * <p>It needs the optional dependency {@code org.apache.sshd:sshd-osgi}, and {@code /bin/sh}.
 */
public final class LoopbackDriverProvider implements DriverProvider {

  /** For {@link java.util.ServiceLoader}. */
  public LoopbackDriverProvider() {}

  @Override
  public String name() {
    return "loopback";
  }

  /**
   * The driver itself, which only now looks for what it needs (clause D10). Begins nothing and
   * never blocks; may be called from any thread.
   *
   * @return a new driver, without state of its own
   * @throws CloudException if {@code sshd-osgi} is absent; the message says how to add it
   */
  @Override
  public Driver driver() throws CloudException {
    try {
      SshLibrary.require("this host answers SSH", "");
    } catch (IllegalStateException e) {
      throw new CloudException("the driver loopback cannot be used: " + e.getMessage(), e);
    }
    return DriverFunc.of(
        LoopbackConfig.class,
        (config, id, tags, logger, registry) -> LoopbackInstanceSet.open(id, logger));
  }
}
