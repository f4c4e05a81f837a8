package io.github.clouddriver.ssh;

import java.io.IOException;
import java.util.regex.Pattern;
import net.schmizz.sshj.common.SSHException;
import org.jspecify.annotations.Nullable;

/** Text of a server's, fit for a message of ours, and for a log that shows its causes too. */
final class Printable {
  private static final int LONGEST = 512;

  /** Control characters of all of Unicode; what turns the direction of text; ends of lines. */
  private static final Pattern UNFIT = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");

  private Printable() {}

  /** On one line, without control characters, and not too long. */
  static String text(String told) {
    String line = UNFIT.matcher(told).replaceAll(" ").strip();
    if (line.length() <= LONGEST) {
      return line;
    }
    int end = Character.isHighSurrogate(line.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return line.substring(0, end) + "…";
  }

  /** What an exception says; its class, if it says nothing. */
  static String message(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank()
        ? failure.getClass().getSimpleName()
        : text(message);
  }

  /**
   * The failure as the cause of one of ours: itself, unless sshj has quoted the server in it in a
   * way that is unfit, in which case it is a copy that says the same as {@link #text}.
   */
  static @Nullable Throwable cause(@Nullable Throwable failure) {
    return cause(failure, false);
  }

  /**
   * The same for a part of a chain.
   *
   * @param inSshj whether it is below an exception of sshj's: there, exceptions of any class quote
   *     the server, and none is a caller's own
   */
  @SuppressWarnings("ReferenceEquality") // whether it was copied
  private static @Nullable Throwable cause(@Nullable Throwable failure, boolean inSshj) {
    if (failure == null) {
      return null;
    }
    boolean ofSshj = inSshj || failure instanceof SSHException;
    Throwable cause = cause(failure.getCause(), ofSshj);
    if (cause == failure.getCause() && !(ofSshj && isUnfit(failure))) {
      return failure;
    }
    IOException copy = new IOException(text(failure.toString()), cause);
    copy.setStackTrace(failure.getStackTrace());
    return copy;
  }

  private static boolean isUnfit(Throwable failure) {
    String message = failure.getMessage();
    return message != null && !text(message).equals(message);
  }
}
