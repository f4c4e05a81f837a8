package io.github.clouddriver.memory;

import io.github.clouddriver.ImageId;
import io.github.clouddriver.InstanceId;
import io.github.clouddriver.InstanceSetId;
import io.github.clouddriver.InstanceState;
import io.github.clouddriver.InstanceTags;
import io.github.clouddriver.InstanceType;
import java.security.PublicKey;
import java.time.Instant;

/**
 * An instance as the in-memory provider itself knows it, without lag or faults; what {@link
 * MemoryCloud#instances()} shows a test. An immutable snapshot.
 */
public final class InstanceRecord {
  /** The instance itself, for what must be as of now. */
  final Machine machine;

  private final InstanceState state;
  private final InstanceTags tags;

  InstanceRecord(Machine machine, Instant now) {
    this.machine = machine;
    this.state = machine.state(now);
    this.tags = machine.latestTags();
  }

  /**
   * The provider's id.
   *
   * @return the id that the sets show
   */
  public InstanceId id() {
    return machine.id();
  }

  /**
   * The id of the set that created the instance.
   *
   * @return the id, whatever the instance's tags say
   */
  public InstanceSetId setId() {
    return machine.owner().id();
  }

  /**
   * The type that was asked for.
   *
   * @return the type of the create request
   */
  public InstanceType type() {
    return machine.request().type();
  }

  /**
   * The image that was asked for.
   *
   * @return the image of the create request
   */
  public ImageId image() {
    return machine.request().image();
  }

  /**
   * When the create was accepted.
   *
   * @return a time of the cloud's clock
   */
  public Instant createdAt() {
    return machine.createdAt();
  }

  /**
   * The tags at the time of the snapshot.
   *
   * @return the tags of the last change that the provider accepted
   */
  public InstanceTags tags() {
    return tags;
  }

  /**
   * The key that the instance's SSH server shows (clause T3).
   *
   * @return the same for the instance's whole life
   */
  public PublicKey hostKey() {
    return machine.guest().hostKey().getPublic();
  }

  /**
   * How far the instance was in its life at the time of the snapshot.
   *
   * @return never {@link InstanceState#UNKNOWN}
   */
  public InstanceState state() {
    return state;
  }

  /**
   * The instance in one line.
   *
   * @return its id, state, type and owner
   */
  @Override
  public String toString() {
    return id() + " " + state + " (" + type().providerType() + ", of " + setId() + ")";
  }
}
