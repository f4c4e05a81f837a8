package io.github.clouddriver.testkitcheck;

import io.github.clouddriver.exec.Executor;
import io.github.clouddriver.ssh.SshExecutor;
import java.time.Duration;
import java.util.Optional;

/** Instances answer SSH, and can prove their host keys over a connection only. */
class MemorySshKitTest extends MemoryKit {
  MemorySshKitTest() {
    super(
        builder -> builder.ssh(true).hostKeyOverConnection(true).bootDelay(Duration.ofSeconds(20)));
  }

  @Override
  public Optional<Executor> executor() {
    return Optional.of(SshExecutor.builder().build());
  }

  @Override
  public boolean belongsToProvider(Thread thread) {
    return thread.getName().startsWith("memory-");
  }
}
