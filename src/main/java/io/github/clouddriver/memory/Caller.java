package io.github.clouddriver.memory;

import org.slf4j.Logger;

/**
 * Who makes a call to the account: one set.
 *
 * @param stop fired when the set is stopped
 * @param logger the set's own, which also hears of the instances that the set has made (clause D7)
 */
record Caller(SetIdentity identity, StopSignal stop, Logger logger) {}
