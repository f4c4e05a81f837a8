package io.github.clouddriver.exec;

/**
 * The target has no address yet, so nothing was tried (clause E6). The caller tries again later; an
 * instance gets its address while it boots.
 */
public class NoAddressException extends ExecutorException {
  private static final long serialVersionUID = 1L;

  /**
   * An exception that says which target it is.
   *
   * @param message which target has no address
   */
  public NoAddressException(String message) {
    super(message, Phase.ADDRESS, false, null);
  }
}
