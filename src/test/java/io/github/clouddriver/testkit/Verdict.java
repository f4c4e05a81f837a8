package io.github.clouddriver.testkit;

import org.opentest4j.TestAbortedException;

/** How a kit test has ended. */
enum Verdict {
  /** The driver keeps what the test asks. */
  PROVED("proved"),
  /** The driver breaks its clause. */
  FAILED("FAILED"),
  /** The driver breaks what it should do. */
  WEAK("not kept, though it should be"),
  /** The driver or its provider cannot be tested for that, and need not. */
  EXCUSED("excused"),
  /** Another clause was broken on the way. */
  NOT_JUDGED("not judged"),
  /** Nobody can see it from outside. */
  UNTESTED("not tested by this kit");

  private final String text;

  Verdict(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }

  static Verdict ofAbort(Throwable cause) {
    return cause instanceof Skip skip ? skip.verdict() : EXCUSED;
  }

  /** Ends a test without a failure. */
  static final class Skip extends TestAbortedException {
    private static final long serialVersionUID = 1L;

    private final Verdict verdict;

    Skip(Verdict verdict, String why) {
      super(why);
      this.verdict = verdict;
    }

    Verdict verdict() {
      return verdict;
    }
  }
}
