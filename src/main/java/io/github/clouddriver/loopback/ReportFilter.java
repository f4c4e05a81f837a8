package io.github.clouddriver.loopback;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Passes a command's standard error on, less the report that its {@link Leader} puts into it: a
 * mark that nobody else knows and three digits, written at once and so in one piece. Only bytes
 * that may be the beginning of a report are held back until more is known. Used by one thread, but
 * for {@link #status}.
 */
final class ReportFilter extends OutputStream {
  private static final int DIGITS = 3;

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
      status = number(held);
      held = new byte[0];
      if (rest.length > 0) {
        to.write(rest);
      }
    }
  }

  /** Where there is a report or what may become one; the length if nowhere. */
  private int beginOfReport(byte[] all) {
    for (int i = 0; i < all.length; i++) {
      int known = Math.min(mark.length, all.length - i);
      if (all[i] == mark[0] && Arrays.equals(all, i, i + known, mark, 0, known)) {
        return i;
      }
    }
    return all.length;
  }

  private int number(byte[] report) {
    int number = 0;
    for (int i = mark.length; i < mark.length + DIGITS; i++) {
      number = 10 * number + report[i] - '0';
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
