package io.github.clouddriver.memory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files of one instance, by path as it was written. Thread-safe. */
final class InstanceFiles {
  private static final int DISK = 16 << 20;
  static final String NULL_DEVICE = "/dev/null";

  private final Map<String, byte[]> files = new HashMap<>();

  synchronized byte @Nullable [] read(String path) {
    return path.equals(NULL_DEVICE) ? new byte[0] : files.get(path);
  }

  synchronized boolean remove(String path) {
    return files.remove(path) != null;
  }

  synchronized void write(String path, byte[] content) {
    files.put(path, content);
  }

  /** What is written here is in the file when the stream is closed. */
  OutputStream open(String path, boolean append) {
    if (path.equals(NULL_DEVICE)) {
      return OutputStream.nullOutputStream();
    }
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    byte[] before = append ? read(path) : null;
    if (before != null) {
      content.writeBytes(before);
    }
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        if (content.size() > DISK - length) {
          throw new IOException("No space left on device");
        }
        content.write(bytes, offset, length);
      }

      @Override
      public void close() {
        InstanceFiles.this.write(path, content.toByteArray());
      }
    };
  }
}
