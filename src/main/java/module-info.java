import org.jspecify.annotations.NullMarked;

/**
 * One interface to any elastic cloud: {@link io.github.clouddriver} has the contract of a driver,
 * {@link io.github.clouddriver.exec} that of commands run on its instances, and {@link
 * io.github.clouddriver.error} what can go wrong.
 */
@NullMarked
// micrometer, sshj and sshd are automatic modules whose names their manifests declare: stable.
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"})
module io.github.clouddriver {
  requires transitive com.fasterxml.jackson.databind;
  requires transitive micrometer.core;
  requires transitive org.slf4j;
  // Not static: unresolved at run time, its annotations would be invisible to reflection.
  requires transitive org.jspecify;
  requires com.hierynomus.sshj;
  requires org.bouncycastle.pkix;
  requires org.bouncycastle.provider;
  // Optional dependencies: who uses the part that needs one adds it.
  requires static info.picocli;
  requires static org.apache.sshd.osgi;

  exports io.github.clouddriver;
  exports io.github.clouddriver.error;
  exports io.github.clouddriver.exec;
  exports io.github.clouddriver.loopback;
  exports io.github.clouddriver.memory;
  exports io.github.clouddriver.ssh;

  opens io.github.clouddriver.cli to
      info.picocli;

  uses io.github.clouddriver.DriverProvider;

  provides io.github.clouddriver.DriverProvider with
      io.github.clouddriver.loopback.LoopbackDriverProvider,
      io.github.clouddriver.memory.MemoryDriverProvider;
}
