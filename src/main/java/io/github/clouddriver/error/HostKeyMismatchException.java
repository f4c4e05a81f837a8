package io.github.clouddriver.error;

/**
 * A server presented a host key that is not the instance's own (clause T3).
 *
 * <p>Someone may be between the caller and the instance, or the address belongs to another machine
 * by now. The caller must not run a command over that connection and must not accept the key; it
 * may connect again, since an address can have been reassigned while it was dialling.
 */
public class HostKeyMismatchException extends CloudException {
  private static final long serialVersionUID = 1L;

  /**
   * An exception that names the instance and the fingerprints, never a key that is secret.
   *
   * @param message whose key it should have been, and the fingerprints of the expected and of the
   *     presented key where they are known
   */
  public HostKeyMismatchException(String message) {
    super(message);
  }
}
