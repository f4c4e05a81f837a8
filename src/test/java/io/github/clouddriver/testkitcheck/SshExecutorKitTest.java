package io.github.clouddriver.testkitcheck;

import io.github.clouddriver.exec.Executor;
import io.github.clouddriver.ssh.SshExecutor;
import io.github.clouddriver.testkit.ExecutorKit;
import java.time.Duration;

class SshExecutorKitTest extends ExecutorKit {
  @Override
  public Executor executor(Duration limit) {
    SshExecutor.Builder builder = SshExecutor.builder();
    builder.connectTimeout(limit).keyExchangeTimeout(limit).hostKeyTimeout(limit);
    return builder.authenticationTimeout(limit).channelTimeout(limit).build();
  }
}
