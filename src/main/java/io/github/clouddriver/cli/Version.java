package io.github.clouddriver.cli;

import picocli.CommandLine.IVersionProvider;

/** The version in the packaged jar's manifest. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version = Main.class.getPackage().getImplementationVersion();
    return new String[] {"cloud-driver " + (version == null ? "(not packaged)" : version)};
  }
}
