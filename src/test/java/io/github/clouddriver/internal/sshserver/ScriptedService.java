package io.github.clouddriver.internal.sshserver;

import java.io.IOException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/** Lets one user in with one key, and runs one script for every command. */
class ScriptedService implements SshService {
  static final String USER = "someone";

  interface Script {
    ExecExit run(ExecCall call) throws IOException, InterruptedException;
  }

  final KeyPair userKey = newUserKey();
  volatile Script script = call -> ExecExit.status(0);
  volatile Behaviour behaviour = Behaviour.SERVE;
  volatile Logger logger = NOPLogger.NOP_LOGGER;

  static KeyPair newUserKey() {
    try {
      return KeyPairGenerator.getInstance("EC").generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public Logger logger() {
    return logger;
  }

  @Override
  public Behaviour behaviour() {
    return behaviour;
  }

  @Override
  public boolean authenticate(String user, PublicKey key) {
    return USER.equals(user) && KeyUtils.compareKeys(key, userKey.getPublic());
  }

  @Override
  public ExecExit execute(ExecCall call) throws IOException, InterruptedException {
    return script.run(call);
  }
}
