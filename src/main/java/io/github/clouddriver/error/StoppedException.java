package io.github.clouddriver.error;

/**
 * A remote call was made on a set that has been stopped, or on one of its instances (clause S9).
 * Unchecked, since it is a mistake in the calling program: nothing was sent to the provider.
 */
public class StoppedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /**
   * An exception that names the refused call.
   *
   * @param message which call was refused, and by what
   */
  public StoppedException(String message) {
    super(message);
  }
}
