package io.github.clouddriver.ssh;

import java.util.List;

/**
 * The part of a text that is a private key, from its {@code BEGIN} to its {@code END} line.
 * Immutable.
 *
 * @param label what the key calls itself, such as {@code RSA PRIVATE KEY}
 * @param lines all of its lines, without white space around them
 */
record KeyText(String label, List<String> lines) {
  static final String OPENSSH = "OPENSSH PRIVATE KEY";
  static final String ENCRYPTED_PKCS8 = "ENCRYPTED PRIVATE KEY";

  private static final List<String> LABELS =
      List.of(
          OPENSSH,
          "RSA PRIVATE KEY",
          "EC PRIVATE KEY",
          "DSA PRIVATE KEY",
          "PRIVATE KEY",
          ENCRYPTED_PKCS8);

  /** A key of 16384 bits needs a tenth of it. */
  private static final int LONGEST = 128 << 10;

  /**
   * The first private key in a text. What is before and behind it does not matter: comments, blank
   * lines, the parameters of its curve.
   */
  static KeyText in(String text) {
    List<String> lines = text.lines().map(String::strip).toList();
    for (int begin = 0; begin < lines.size(); begin++) {
      for (String label : LABELS) {
        if (lines.get(begin).equals("-----BEGIN " + label + "-----")) {
          int end = lines.subList(begin, lines.size()).indexOf("-----END " + label + "-----");
          if (end < 0) {
            throw UnusableKeyException.damaged();
          }
          return checked(new KeyText(label, lines.subList(begin, begin + end + 1)));
        }
      }
    }
    throw new UnusableKeyException(whyNone(text.strip()));
  }

  private static KeyText checked(KeyText key) {
    if (key.lines.stream().mapToInt(String::length).sum() > LONGEST) {
      throw new UnusableKeyException("the private key is far longer than any known kind of key");
    }
    return key;
  }

  private static String whyNone(String text) {
    if (text.startsWith("PuTTY-User-Key-File")) {
      return "the key is in PuTTY's format; convert it with \"puttygen FILE -O private-openssh\"";
    }
    if (text.startsWith("ssh-")
        || text.startsWith("ecdsa-")
        || text.startsWith("sk-")
        || text.contains("PUBLIC KEY")) {
      return "this is a public key; the private key is what belongs here";
    }
    return "this is not a private key: it has no line \"-----BEGIN ... PRIVATE KEY-----\" of the"
        + " OpenSSH, PEM or PKCS#8 format";
  }

  boolean isOpenSsh() {
    return label.equals(OPENSSH);
  }

  /** Whether OpenSSL's old way of encryption is used, which stands in lines of its own. */
  boolean hasEncryptionHeader() {
    return lines.stream().anyMatch(line -> line.startsWith("Proc-Type:"));
  }

  /** The lines again. */
  String text() {
    return String.join("\n", lines) + "\n";
  }

  /** What is between the first and the last line. */
  String body() {
    return String.join("", lines.subList(1, lines.size() - 1));
  }

  /** A key is not for printing. */
  @Override
  public String toString() {
    return "KeyText[" + label + "]";
  }
}
