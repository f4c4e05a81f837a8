/**
 * This very host as the one instance of a set: the driver {@code loopback}, for development, and
 * for a dispatcher that is to run what it has on the machine it is on.
 *
 * <p>{@link io.github.clouddriver.loopback.LoopbackDriverProvider} announces it. An instance is an
 * SSH server on a port of the loopback address, with a host key and an id of its own that no other
 * instance has. <strong>What its owner runs there is run on this host for real</strong>, by {@code
 * /bin/sh -c} as the user of this Java process and with all of its rights; nothing confines it. Who
 * may log in is that user with the private key of the create request, and nobody where that had no
 * public key.
 *
 * <p>A command and all that it starts are one process group, which is killed when the command's
 * channel closes, when its connection drops, when the instance is destroyed and when the set stops.
 * Where this Java process is process 1, as in a container without an init, each such process that
 * had lost its parent stays in the table of processes as a zombie, since Java never asks for the
 * status of what it has not started; an init ({@code docker run --init}) does.
 */
@NullMarked
package io.github.clouddriver.loopback;

import org.jspecify.annotations.NullMarked;
