package io.github.clouddriver.ssh;

import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;

/** Key files with whatever a test puts into them. */
final class CraftedKeys {
  static final String PKCS8 = "PRIVATE KEY";

  private CraftedKeys() {}

  /** A file of this label and content. */
  static String file(String label, byte[] content) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder().encodeToString(content)
        + "\n-----END "
        + label
        + "-----\n";
  }

  static String file(String label, ASN1Encodable content) throws IOException {
    return file(label, content.toASN1Primitive().getEncoded());
  }

  static String openSsh(byte[] content) {
    return file(KeyText.OPENSSH, content);
  }

  /** What is in one of the {@link ThrowAwayKeys}. */
  static byte[] content(String name) {
    List<String> lines = ThrowAwayKeys.text(name).lines().toList();
    return Base64.getDecoder().decode(String.join("", lines.subList(2, lines.size() - 1)));
  }
}
