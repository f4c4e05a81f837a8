package io.github.clouddriver.exec;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.EllipticCurve;
import java.util.Arrays;

/** The curves of RFC 5656 that SSH servers use, with the digest that belongs to each. */
enum EcCurve {
  P256("nistp256", "secp256r1", "SHA256withECDSA"),
  P384("nistp384", "secp384r1", "SHA384withECDSA"),
  P521("nistp521", "secp521r1", "SHA512withECDSA");

  private final String sshName;
  private final String signature;

  @SuppressWarnings("ImmutableEnumChecker") // the class is immutable, though not final
  private final ECParameterSpec spec;

  EcCurve(String sshName, String jdkName, String signature) {
    this.sshName = sshName;
    this.signature = signature;
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec(jdkName));
      spec = parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime does not know the curve " + jdkName, e);
    }
  }

  String sshName() {
    return sshName;
  }

  String keyType() {
    return "ecdsa-sha2-" + sshName;
  }

  /** The JDK's name of the signature algorithm. */
  String signature() {
    return signature;
  }

  ECParameterSpec spec() {
    return spec;
  }

  /** The curve with these parameters, whatever security provider's object describes them. */
  static EcCurve of(ECParameterSpec parameters) {
    for (EcCurve each : values()) {
      ECParameterSpec known = each.spec;
      if (known.getOrder().equals(parameters.getOrder())
          && known.getGenerator().equals(parameters.getGenerator())
          && known.getCurve().equals(parameters.getCurve())) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "an ECDSA key of "
            + parameters.getCurve().getField().getFieldSize()
            + " bits is on none of the curves P-256, P-384 and P-521");
  }

  static EcCurve named(String sshName) {
    return Arrays.stream(values())
        .filter(each -> each.sshName.equals(sshName))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException("the key's curve is none of P-256, P-384 and P-521"));
  }

  /** The uncompressed form of SEC 1, section 2.3.3. */
  byte[] encode(ECPoint point) {
    requireOnCurve(point);
    int size = coordinateSize();
    byte[] out = new byte[1 + 2 * size];
    out[0] = 4;
    put(point.getAffineX(), out, 1, size);
    put(point.getAffineY(), out, 1 + size, size);
    return out;
  }

  ECPoint decode(byte[] encoded) {
    int size = coordinateSize();
    if (encoded.length != 1 + 2 * size || encoded[0] != 4) {
      throw new IllegalArgumentException("the key is not an uncompressed point of its curve");
    }
    ECPoint point =
        new ECPoint(
            new BigInteger(1, encoded, 1, size), new BigInteger(1, encoded, 1 + size, size));
    requireOnCurve(point);
    return point;
  }

  /** The Java runtime's key objects take any point; only one on the curve has a single encoding. */
  private void requireOnCurve(ECPoint point) {
    EllipticCurve curve = spec.getCurve();
    BigInteger p = ((ECFieldFp) curve.getField()).getP();
    BigInteger x = point.getAffineX();
    BigInteger y = point.getAffineY();
    if (point.equals(ECPoint.POINT_INFINITY)
        || !x.equals(x.mod(p))
        || !y.equals(y.mod(p))
        || !y.multiply(y)
            .mod(p)
            .equals(x.multiply(x).add(curve.getA()).multiply(x).add(curve.getB()).mod(p))) {
      throw new IllegalArgumentException("the ECDSA key is not a point of its curve");
    }
  }

  private int coordinateSize() {
    return (spec.getCurve().getField().getFieldSize() + 7) / 8;
  }

  private static void put(BigInteger coordinate, byte[] out, int offset, int size) {
    byte[] bytes = coordinate.toByteArray();
    int skip = Math.max(0, bytes.length - size);
    int length = bytes.length - skip;
    System.arraycopy(bytes, skip, out, offset + size - length, length);
  }
}
