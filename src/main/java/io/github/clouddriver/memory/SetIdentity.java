package io.github.clouddriver.memory;

import io.github.clouddriver.InstanceSetId;
import org.jspecify.annotations.Nullable;

/**
 * Whose an instance or a key pair is: equal for all that one set may touch by itself (clause D5).
 *
 * @param incarnation null where sets with one id share what they have (clause D4); without {@code
 *     ADOPTION} an object that stands for a single set
 */
record SetIdentity(InstanceSetId id, @Nullable Object incarnation) {}
