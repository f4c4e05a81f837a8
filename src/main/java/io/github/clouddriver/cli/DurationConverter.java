package io.github.clouddriver.cli;

import com.fasterxml.jackson.databind.node.TextNode;
import io.github.clouddriver.error.ConfigException;
import io.github.clouddriver.internal.json.Binder;
import io.github.clouddriver.internal.json.Place;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a length of time from the command line as configurations write it. */
final class DurationConverter implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String value) {
    try {
      Duration duration =
          new Binder(Map.of(), Map.of())
              .reader(Duration.class)
              .read(TextNode.valueOf(value), Place.ROOT);
      if (duration.isZero()) {
        throw new TypeConversionException("the time is zero");
      }
      return duration;
    } catch (ConfigException e) {
      throw new TypeConversionException("expected " + e.expected());
    }
  }
}
