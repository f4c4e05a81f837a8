package io.github.clouddriver.memory;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tells an operator what else is in the account; nothing is done about it (clause D6). */
final class StartupSummary {
  private static final int SHOWN = 20;

  private StartupSummary() {}

  static void log(String account, Account state, Caller caller) {
    SetIdentity own = caller.identity();
    List<Machine> machines = state.machines().stream().filter(m -> !m.owner().equals(own)).toList();
    List<KeyPairRecord> keyPairs = state.keyPairs(owner -> !owner.equals(own));
    if (!machines.isEmpty() || !keyPairs.isEmpty()) {
      caller
          .logger()
          .info(
              "instance set {}: account {} holds {} instances and {} key pairs that are not this"
                  + " set's and are left alone; instances: {}; key pairs: {}",
              own.id(),
              account,
              machines.size(),
              keyPairs.size(),
              shown(machines, m -> m.id() + " of " + m.owner().id()),
              shown(keyPairs, KeyPairRecord::name));
    }
  }

  private static <T> String shown(List<T> things, Function<T, String> name) {
    String shown = things.stream().limit(SHOWN).map(name).collect(Collectors.joining(", "));
    if (things.size() > SHOWN) {
      return shown + " and " + (things.size() - SHOWN) + " more";
    }
    return things.isEmpty() ? "none" : shown;
  }
}
