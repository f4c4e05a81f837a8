package io.github.clouddriver.memory;

import io.github.clouddriver.InstanceSetId;
import io.github.clouddriver.SharedResourceTags;
import io.github.clouddriver.exec.SshPublicKeys;
import java.security.PublicKey;
import java.util.Map;

/**
 * A public key that the in-memory provider keeps for the instances of one set id; what {@link
 * MemoryCloud#keyPairs()} shows a test. Made by the first create with that key, and taken over by
 * every later set with the same id (clauses D3, D4). Immutable.
 */
public final class KeyPairRecord {
  private final InstanceSetId setId;
  private final PublicKey publicKey;
  private final String fingerprint;
  private final SharedResourceTags tags;

  KeyPairRecord(InstanceSetId setId, PublicKey publicKey, SharedResourceTags tags) {
    this.setId = setId;
    this.publicKey = publicKey;
    this.fingerprint = SshPublicKeys.fingerprint(publicKey);
    this.tags = tags;
  }

  /** This key pair with the tags of another one as well. */
  KeyPairRecord withTagsOf(KeyPairRecord other) {
    SharedResourceTags all = tags;
    for (Map.Entry<String, String> tag : other.tags.asMap().entrySet()) {
      all = all.with(tag.getKey(), tag.getValue());
    }
    return new KeyPairRecord(setId, publicKey, all);
  }

  /**
   * The provider's name of the key pair.
   *
   * @return the set id and the key's fingerprint
   */
  public String name() {
    return setId + ":" + fingerprint;
  }

  /**
   * The set id that the key pair carries (clause D4).
   *
   * @return the id of the set that made it
   */
  public InstanceSetId setId() {
    return setId;
  }

  /**
   * The key itself.
   *
   * @return the public key of the create request
   */
  public PublicKey publicKey() {
    return publicKey;
  }

  /**
   * The key's fingerprint.
   *
   * @return as {@link SshPublicKeys#fingerprint} gives it
   */
  public String fingerprint() {
    return fingerprint;
  }

  /**
   * The tags that the key pair carries (clause D3).
   *
   * @return the shared resource tags of the sets that have used it
   */
  public SharedResourceTags tags() {
    return tags;
  }

  /**
   * The key pair's name.
   *
   * @return what {@link #name()} gives
   */
  @Override
  public String toString() {
    return name();
  }
}
