package io.github.clouddriver;

/** The check that the amounts of memory and storage share. */
final class Amounts {
  private Amounts() {}

  static long notNegative(String what, long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException(
          "the " + what + " of " + bytes + " bytes is negative or beyond 8 EiB");
    }
    return bytes;
  }
}
