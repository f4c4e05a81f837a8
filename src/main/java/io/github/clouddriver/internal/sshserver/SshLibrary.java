package io.github.clouddriver.internal.sshserver;

/** Tells whether Apache MINA SSHD is there; names none of its types, so it works without. */
public final class SshLibrary {
  private static final String MINA_CLASS = "org.apache.sshd.server.SshServer";

  /** Ours requires it for compilation only, so that the runtime does not look for it by itself. */
  private static final String MINA_MODULE = "org.apache.sshd.osgi";

  private SshLibrary() {}

  /**
   * To be called before any type of this package that is not described as working without.
   *
   * @param needed what needs the library, such as {@code instances in memory answer SSH}
   * @param otherwise how to do without, the end of the sentence; may be empty
   * @throws IllegalStateException if the library is missing; says which artifact to add
   */
  public static void require(String needed, String otherwise) {
    try {
      Class.forName(MINA_CLASS, false, SshLibrary.class.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      throw new IllegalStateException(
          needed
              + " by means of Apache MINA SSHD, which is missing: add org.apache.sshd:sshd-osgi"
              + (SshLibrary.class.getModule().isNamed()
                  ? " to the module path and start java with --add-modules " + MINA_MODULE
                  : "")
              + otherwise,
          e);
    }
  }
}
