package io.github.clouddriver.ssh;

import java.io.OutputStream;

/** Counts what it gets and keeps nothing. For one thread at a time, as any sink of a command. */
public final class CountingSink extends OutputStream {
  private long count;

  /** How many bytes there were so far. */
  public long count() {
    return count;
  }

  @Override
  public void write(int b) {
    count++;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    count += length;
  }
}
