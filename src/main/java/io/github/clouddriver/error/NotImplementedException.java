package io.github.clouddriver.error;

/**
 * The driver has no way to do what was asked, now or later (clauses S11, T4).
 *
 * <p>Raised by {@code verifyHostKey} where the provider offers no evidence of an instance's host
 * key, and by create for a request with an attempt token where the set does not claim {@code
 * ATTEMPT_TOKEN}. It says nothing about whether a key is right: a caller that gets it must find
 * other proof or refuse to run commands. Decorators pass it on as it is.
 */
public class NotImplementedException extends CloudException {
  private static final long serialVersionUID = 1L;

  /**
   * An exception that names the missing ability.
   *
   * @param message what is not implemented, and by what
   */
  public NotImplementedException(String message) {
    super(message);
  }
}
