package io.github.clouddriver.testkitcheck;

import io.github.clouddriver.Capability;
import io.github.clouddriver.CreateRequest;
import io.github.clouddriver.ForwardingInstance;
import io.github.clouddriver.InitCommand;
import io.github.clouddriver.Instance;
import io.github.clouddriver.InstanceId;
import io.github.clouddriver.InstanceSet;
import io.github.clouddriver.error.CloudException;
import io.github.clouddriver.error.NotImplementedException;
import io.github.clouddriver.exec.RemoteConnection;
import io.github.clouddriver.testkit.ProviderView;
import java.security.PublicKey;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Drivers that are wrong about the init command. */
final class BrokenInitCommands {
  private BrokenInitCommands() {}

  /** Never sends the init command. */
  @Breaks("S3")
  static final class RunsNoInitCommand extends BrokenCreates.CreateDriver {
    @Override
    Instance create(InstanceSet right, CreateRequest request)
        throws CloudException, InterruptedException {
      return right.create(request.toBuilder().initCommand(InitCommand.NONE).build());
    }
  }

  /** Sends something else than the init command. */
  abstract static class ChangesTheInitCommand extends BrokenCreates.CreateDriver {
    @Override
    Instance create(InstanceSet right, CreateRequest request)
        throws CloudException, InterruptedException {
      return right.create(
          request.toBuilder()
              .initCommand(InitCommand.of(changed(request.initCommand().value())))
              .build());
    }

    abstract String changed(String command);
  }

  /** Counts one byte too few. */
  @Breaks("S3")
  static final class DropsTheLastByte extends ChangesTheInitCommand {
    @Override
    String changed(String command) {
      return command.isEmpty() ? command : command.substring(0, command.length() - 1);
    }
  }

  /** Puts the init command between quotes, with no thought for its own. */
  @Breaks("S3")
  static final class DropsQuotes extends ChangesTheInitCommand {
    @Override
    String changed(String command) {
      return command.replace("'", "");
    }
  }

  /** Has a shell expand the init command on its way. */
  @Breaks("S3")
  static final class ExpandsVariables extends ChangesTheInitCommand {
    @Override
    String changed(String command) {
      return command.replace("$HOME", "/home/admin");
    }
  }

  /** Sends the init command in ASCII. */
  @Breaks("S3")
  static final class KnowsAsciiOnly extends ChangesTheInitCommand {
    @Override
    String changed(String command) {
      return command.replaceAll("[^\\x00-\\x7f]", "?");
    }
  }

  /** Has the init command in a script that runs at each boot, of which there are two. */
  @Breaks("S3")
  static final class RunsTheInitCommandTwice extends BrokenDriver {
    @Override
    public Optional<ProviderView> provider() {
      return super.provider()
          .map(
              view ->
                  new ForwardingView(view) {
                    @Override
                    public Optional<List<byte[]>> initCommands(InstanceId instance)
                        throws Exception {
                      return super.initCommands(instance)
                          .map(runs -> Stream.concat(runs.stream(), runs.stream()).toList());
                    }
                  });
    }
  }

  /** Runs no init command, and cannot tell host keys either. */
  @Breaks("S3")
  static final class RunsNothingAndVerifiesNothing extends BrokenDriver {
    @Override
    InstanceSet broken(InstanceSet set) {
      return new OfBroken(set) {
        @Override
        public Set<Capability> capabilities() {
          Set<Capability> less = EnumSet.copyOf(super.capabilities());
          less.removeAll(Set.of(Capability.INIT_COMMAND, Capability.HOST_KEY));
          return less;
        }
      };
    }

    @Override
    Instance broken(Instance instance) {
      return new ForwardingInstance(instance) {
        @Override
        public void verifyHostKey(PublicKey key, @Nullable RemoteConnection connection)
            throws CloudException {
          throw new NotImplementedException("host keys cannot be told");
        }
      };
    }
  }
}
