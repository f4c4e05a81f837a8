package io.github.clouddriver.ssh;

/**
 * The right to use a connection, which is not closed in good order before every right to it was
 * given back. Safe for use by any thread.
 */
interface Lease {

  SshConnection connection();

  /** One more right to the same connection, given back separately. */
  Lease share();

  /** Gives the right back, once. Does not block. */
  void release();

  /** A connection that is nobody else's yet, and that whoever made it closes. */
  static Lease of(SshConnection connection) {
    return new Lease() {
      @Override
      public SshConnection connection() {
        return connection;
      }

      @Override
      public Lease share() {
        return this;
      }

      @Override
      public void release() {}
    };
  }
}
