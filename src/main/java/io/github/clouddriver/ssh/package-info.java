/**
 * The {@link io.github.clouddriver.exec.Executor} over SSH.
 *
 * <p>A dispatcher makes one {@link io.github.clouddriver.ssh.SshExecutor} per instance, gives it
 * the keys to log in with and the instance as its target, and runs commands. It keeps one
 * connection open, which all commands share, and replaces it when it breaks.
 *
 * <p>The protocol is sshj's; none of its types can be seen from outside. This package never calls
 * sshj's process-wide switches. What sshj does by itself at its first use is to append the Bouncy
 * Castle provider to the end of the Java runtime's list of security providers.
 */
@NullMarked
package io.github.clouddriver.ssh;

import org.jspecify.annotations.NullMarked;
