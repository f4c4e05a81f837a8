/**
 * The {@link io.github.clouddriver.exec.Executor} over SSH.
 *
 * <p>A dispatcher makes one {@link io.github.clouddriver.ssh.SshExecutor} per instance, gives it
 * the keys to log in with and the instance as its target, and runs commands. It keeps one
 * connection open, which all commands share, and replaces it when it breaks.
 *
 * <p>The keys come from files ({@link io.github.clouddriver.ssh.SshPrivateKeys}), from an agent
 * ({@link io.github.clouddriver.ssh.SshAgent}), or from anything else that is a {@link
 * java.security.KeyPair} or an {@link io.github.clouddriver.exec.SshSigner}.
 *
 * <p>The protocol is sshj's; none of its types can be seen from outside. This package never calls
 * sshj's process-wide switches. What sshj does by itself, at the first connection or the first key
 * file in OpenSSH's format, is to append the Bouncy Castle provider, {@code BC}, to the end of the
 * Java runtime's list of security providers; nothing else in {@link
 * java.security.Security#getProviders()} changes, ever. A process that does not want that entry
 * there has two ways, both of them before the first use:
 *
 * <ul>
 *   <li>It puts {@code BC} into the list itself, wherever it wants it. Nothing is added then, and
 *       nothing moved.
 *   <li>It calls {@code net.schmizz.sshj.common.SecurityUtils.setRegisterBouncyCastle(false)},
 *       which is for the process to decide, since it holds for every user of sshj in it. The list
 *       stays as it is. What then is missing: ECDSA host keys and the cipher {@code
 *       chacha20-poly1305@openssh.com}, neither of which is offered any more, so a server needs
 *       others; and ECDSA private keys in OpenSSH's own format (not those in PEM and PKCS#8).
 * </ul>
 */
@NullMarked
package io.github.clouddriver.ssh;

import org.jspecify.annotations.NullMarked;
