package io.github.clouddriver.cli;

import io.github.clouddriver.InstanceSetId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a set id from the command line. */
final class SetIdConverter implements ITypeConverter<InstanceSetId> {
  @Override
  public InstanceSetId convert(String value) {
    try {
      return InstanceSetId.of(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
