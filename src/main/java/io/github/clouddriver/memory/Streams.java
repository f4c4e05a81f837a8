package io.github.clouddriver.memory;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The streams of one simple command. Closing them completes the files that it wrote, and leaves the
 * channel's streams alone. Not safe for use by several threads.
 */
final class Streams implements Closeable {
  private final InstanceFiles files;
  private final List<OutputStream> opened = new ArrayList<>();
  private InputStream in;
  private OutputStream out;
  private OutputStream err;

  Streams(ShellCall call, InstanceFiles files) {
    this.files = files;
    in = call.stdin();
    out = call.stdout();
    err = call.stderr();
  }

  InputStream in() {
    return in;
  }

  OutputStream out() {
    return out;
  }

  OutputStream err() {
    return err;
  }

  /** What is wrong with the redirection, or null. */
  @Nullable String redirect(SimpleCommand.Redirection redirection) {
    String target = redirection.target();
    switch (redirection.operator()) {
      case "<" -> {
        byte[] content = files.read(target);
        if (content == null) {
          return "cannot open " + target + ": No such file";
        }
        in = new ByteArrayInputStream(content);
      }
      case ">&" -> {
        if (!target.equals("1") && !target.equals("2")) {
          return "Bad fd number";
        }
        set(redirection.stream(), target.equals("1") ? out : err);
      }
      default -> {
        OutputStream file = files.open(target, redirection.operator().equals(">>"));
        opened.add(file);
        set(redirection.stream(), file);
      }
    }
    return null;
  }

  private void set(int stream, OutputStream to) {
    if (stream == 1) {
      out = to;
    } else {
      err = to;
    }
  }

  @Override
  public void close() throws IOException {
    for (OutputStream each : opened) {
      each.close();
    }
  }
}
