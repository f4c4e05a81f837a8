package io.github.clouddriver.loopback;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Passes a command's standard error on, less the report that its {@link Leader} puts into it: a
 * mark and three digits, written at once and so in one piece. The mark is another one for each
 * command. That command could read it from its leader's arguments, but could feign nothing with it
 * but its own status. Only bytes that may be the beginning of a report are held back until more is
 * known. Used by one thread, but for {@link #status}.
 */
final class ReportFilter extends OutputStream {
  private static final int DIGITS = 3;
  private static final int MAX_STATUS = 255;

  private final OutputStream to;
  private final byte[] mark;
  private byte[] held = {};
  private volatile int status = -1;

  ReportFilter(OutputStream to, byte[] mark) {
    this.to = to;
    this.mark = mark;
  }

  /** What the report said; empty until it has come. */
  OptionalInt status() {
    return status < 0 ? OptionalInt.empty() : OptionalInt.of(status);
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (status >= 0) {
      to.write(bytes, offset, length);
      return;
    }
    byte[] all = Arrays.copyOf(held, held.length + length);
    System.arraycopy(bytes, offset, all, held.length, length);
    int begin = beginOfReport(all);
    held = Arrays.copyOfRange(all, begin, all.length);
    if (begin > 0) {
      to.write(all, 0, begin);
    }
    int size = mark.length + DIGITS;
    if (held.length >= size) {
      byte[] rest = Arrays.copyOfRange(held, size, held.length);
      status = number(held, 0);
      held = new byte[0];
      if (rest.length > 0) {
        to.write(rest);
      }
    }
  }

  /** Where there is a report or what may become one; the length if nowhere. */
  private int beginOfReport(byte[] all) {
    for (int i = 0; i < all.length; i++) {
      if (all[i] == mark[0] && mayBecomeReport(all, i)) {
        return i;
      }
    }
    return all.length;
  }

  private boolean mayBecomeReport(byte[] all, int begin) {
    int known = Math.min(mark.length, all.length - begin);
    if (!Arrays.equals(all, begin, begin + known, mark, 0, known)) {
      return false;
    }
    int end = Math.min(begin + mark.length + DIGITS, all.length);
    for (int i = begin + mark.length; i < end; i++) {
      if (all[i] < '0' || all[i] > '9') {
        return false;
      }
    }
    return end < begin + mark.length + DIGITS || number(all, begin) <= MAX_STATUS;
  }

  private int number(byte[] all, int begin) {
    int number = 0;
    for (int i = begin + mark.length; i < begin + mark.length + DIGITS; i++) {
      number = 10 * number + all[i] - '0';
    }
    return number;
  }

  /** There is no more: what was held back is no report. */
  void end() throws IOException {
    if (held.length > 0) {
      to.write(held);
      held = new byte[0];
    }
  }
}
