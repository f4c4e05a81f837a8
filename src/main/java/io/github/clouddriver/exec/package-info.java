/**
 * The remote-command contract: where a command runs, how it is described, what comes back.
 *
 * <p>A dispatcher gives an {@link io.github.clouddriver.exec.Executor} the keys to log in with and
 * an {@link io.github.clouddriver.exec.ExecutorTarget}, usually an instance, and runs {@link
 * io.github.clouddriver.exec.RemoteCommand}s on it; the answer is an {@link
 * io.github.clouddriver.exec.ExecResult}. A driver author implements the target: its address, its
 * user, and {@link io.github.clouddriver.exec.ExecutorTarget#verifyHostKey the proof that a host
 * key is the instance's own}, for which it may be lent a {@link
 * io.github.clouddriver.exec.RemoteConnection}.
 *
 * <p>The executor over SSH is in {@code io.github.clouddriver.ssh}.
 */
@NullMarked
package io.github.clouddriver.exec;

import org.jspecify.annotations.NullMarked;
