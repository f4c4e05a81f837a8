package io.github.clouddriver;

import io.github.clouddriver.exec.SshPublicKeys;
import java.security.PublicKey;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@link InstanceSet#create(CreateRequest)} is to create. Immutable; two requests are equal if
 * all their parts are, keys by their SSH encoding.
 */
public final class CreateRequest {
  private final InstanceType type;
  private final ImageId image;
  private final InstanceTags tags;
  private final InitCommand initCommand;
  private final @Nullable PublicKey publicKey;
  private final @Nullable AttemptToken attemptToken;

  private CreateRequest(Builder builder) {
    type = builder.type;
    image = builder.image;
    tags = builder.tags;
    initCommand = builder.initCommand;
    publicKey = builder.publicKey;
    attemptToken = builder.attemptToken;
  }

  /**
   * Begins a request with no tags, no init command, no key and no token.
   *
   * @param type the instance type
   * @param image the image to boot
   * @return a builder
   */
  public static Builder builder(InstanceType type, ImageId image) {
    return new Builder(type, image);
  }

  /**
   * Begins another request with the parts of this one.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    return new Builder(type, image)
        .tags(tags)
        .initCommand(initCommand)
        .publicKey(publicKey)
        .attemptToken(attemptToken);
  }

  /**
   * The instance type.
   *
   * @return the type
   */
  public InstanceType type() {
    return type;
  }

  /**
   * The image to boot.
   *
   * @return the provider's id of the image
   */
  public ImageId image() {
    return image;
  }

  /**
   * The tags that the instance has from the start (clause S1).
   *
   * @return empty by default
   */
  public InstanceTags tags() {
    return tags;
  }

  /**
   * The command that runs once before the instance counts as booted (clause S3).
   *
   * @return {@link InitCommand#NONE} by default
   */
  public InitCommand initCommand() {
    return initCommand;
  }

  /**
   * The key whose owner may log in (clause S2).
   *
   * @return empty for nobody
   */
  public Optional<PublicKey> publicKey() {
    return Optional.ofNullable(publicKey);
  }

  /**
   * The token that makes repeating the request harmless (clause S11).
   *
   * @return empty if the request must not be repeated
   */
  public Optional<AttemptToken> attemptToken() {
    return Optional.ofNullable(attemptToken);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CreateRequest that
        && type.equals(that.type)
        && image.equals(that.image)
        && tags.equals(that.tags)
        && initCommand.equals(that.initCommand)
        && Objects.equals(attemptToken, that.attemptToken)
        && sameKey(publicKey, that.publicKey);
  }

  private static boolean sameKey(@Nullable PublicKey a, @Nullable PublicKey b) {
    if (a == null || b == null) {
      return a == null && b == null;
    }
    return SshPublicKeys.same(a, b);
  }

  @Override
  public int hashCode() {
    return Objects.hash(type, image, tags, initCommand, attemptToken, publicKey == null);
  }

  /**
   * The request without what may be secret: tag values and the init command.
   *
   * @return a description for logs
   */
  @Override
  public String toString() {
    return "CreateRequest["
        + type.name()
        + ", image "
        + image
        + ", tags "
        + tags
        + ", "
        + initCommand
        + (publicKey == null ? ", no public key" : ", with a public key")
        + (attemptToken == null ? "" : ", attempt " + attemptToken)
        + "]";
  }

  /** Collects the parts of a {@link CreateRequest}. Not safe for use by several threads. */
  public static final class Builder {
    private final InstanceType type;
    private final ImageId image;
    private InstanceTags tags = InstanceTags.empty();
    private InitCommand initCommand = InitCommand.NONE;
    private @Nullable PublicKey publicKey;
    private @Nullable AttemptToken attemptToken;

    private Builder(InstanceType type, ImageId image) {
      this.type = Objects.requireNonNull(type, "type");
      this.image = Objects.requireNonNull(image, "image");
    }

    /**
     * Sets the tags that the instance has from the start.
     *
     * @param tags all of them
     * @return this
     */
    public Builder tags(InstanceTags tags) {
      this.tags = Objects.requireNonNull(tags, "tags");
      return this;
    }

    /**
     * Sets the command that runs once before the instance counts as booted.
     *
     * @param initCommand the command
     * @return this
     */
    public Builder initCommand(InitCommand initCommand) {
      this.initCommand = Objects.requireNonNull(initCommand, "initCommand");
      return this;
    }

    /**
     * Sets the key whose owner may log in.
     *
     * @param publicKey an RSA, ECDSA or Ed25519 key; null for nobody
     * @return this
     * @throws IllegalArgumentException if SSH does not know that kind of key
     */
    public Builder publicKey(@Nullable PublicKey publicKey) {
      if (publicKey != null) {
        SshPublicKeys.encode(publicKey); // refuses what no SSH server could be given
      }
      this.publicKey = publicKey;
      return this;
    }

    /**
     * Sets the token that makes repeating the request harmless.
     *
     * @param attemptToken a token that no other request has; null for none
     * @return this
     */
    public Builder attemptToken(@Nullable AttemptToken attemptToken) {
      this.attemptToken = attemptToken;
      return this;
    }

    /**
     * Makes the request.
     *
     * @return an immutable request
     */
    public CreateRequest build() {
      return new CreateRequest(this);
    }
  }
}
