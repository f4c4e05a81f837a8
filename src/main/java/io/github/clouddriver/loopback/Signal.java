package io.github.clouddriver.loopback;

import static java.util.stream.Collectors.joining;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The signals that SSH knows (RFC 4254, section 6.10), and their numbers, which are the same on all
 * systems that count here but for two.
 */
enum Signal {
  HUP(1),
  INT(2),
  QUIT(3),
  ILL(4),
  ABRT(6),
  FPE(8),
  KILL(9),
  SEGV(11),
  PIPE(13),
  ALRM(14),
  TERM(15),
  USR1(isLinux() ? 10 : 30),
  USR2(isLinux() ? 12 : 31);

  /** Those that a process may keep from ending it, for a shell's {@code trap}. */
  static final String TRAPPED =
      Stream.of(values()).filter(each -> each != KILL).map(Enum::name).collect(joining(" "));

  private static final int BY_SIGNAL = 128;

  private final int number;

  Signal(int number) {
    this.number = number;
  }

  private static boolean isLinux() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
  }

  /** Empty for a name that is SSH's neither, nor safe to hand to a shell. */
  static Optional<Signal> named(String name) {
    for (Signal each : values()) {
      if (each.name().equals(name)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** Whether a shell tells the end by this signal with that status, or Java does. */
  boolean mayBe(int status) {
    return status == BY_SIGNAL + number;
  }
}
