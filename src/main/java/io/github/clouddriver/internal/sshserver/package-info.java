/**
 * An embedded SSH server for the drivers whose instances live in this process.
 *
 * <p>An owner makes one {@link io.github.clouddriver.internal.sshserver.SshServerPool}, which holds
 * the few threads that all its servers share, and {@linkplain
 * io.github.clouddriver.internal.sshserver.SshServerPool#start starts} any number of {@link
 * io.github.clouddriver.internal.sshserver.EmbeddedSshServer}s on it, each on a port of its own.
 * What a server does is decided by its {@link io.github.clouddriver.internal.sshserver.SshService}:
 * who may log in, and what a command does.
 *
 * <p>Below is one Apache MINA server that never listens itself: a connection is told apart by the
 * port that it came in on, so a further server costs one listening socket and no thread.
 *
 * <p>MINA is used without its process-wide switches. At its first use it appends Bouncy Castle to
 * the end of the list of security providers by itself, if it is on the class path, as sshj does too
 * (its own system property {@code org.apache.sshd.security.provider.BC.useNamed=false} turns that
 * off); nothing else in that list changes.
 */
@NullMarked
package io.github.clouddriver.internal.sshserver;

import org.jspecify.annotations.NullMarked;
