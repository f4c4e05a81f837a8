package io.github.clouddriver.memory;

/**
 * What a {@link Fault} can be scripted for: the calls that reach the in-memory provider. More may
 * be added: a switch needs a default branch.
 */
public enum Operation {
  /** Making a set: {@code Driver.instanceSet}. */
  OPEN,
  /** {@code InstanceSet.create}. */
  CREATE,
  /** {@code InstanceSet.instances}, all its pages together. */
  LIST,
  /** {@code Instance.setTags}. */
  SET_TAGS,
  /** {@code Instance.destroy}. */
  DESTROY,
  /**
   * Uploading a public key, which the first create with that key does on its way. A failure here
   * fails the create, and then nothing was created.
   */
  KEY_UPLOAD,
  /** {@code Instance.verifyHostKey}. */
  VERIFY_HOST_KEY,
  /** One connection to the SSH server of any instance; takes {@link Fault#breakSsh} only. */
  SSH
}
