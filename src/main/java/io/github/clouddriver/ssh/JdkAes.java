package io.github.clouddriver.ssh;

import com.hierynomus.sshj.transport.cipher.GcmCipher;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import javax.crypto.Cipher;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.common.SSHRuntimeException;
import net.schmizz.sshj.transport.cipher.BlockCipher;
import org.jspecify.annotations.Nullable;

/**
 * AES by the Java runtime, which has the processor's own instructions for it. sshj by itself takes
 * it from Bouncy Castle, in software, unless it is told otherwise for the whole process.
 */
final class JdkAes {
  private static final int BLOCK = 16;
  private static final int GCM_IV = 12;

  /** The provider of that name is part of OpenJDK; another runtime may have none. */
  private static final @Nullable Provider JDK = Security.getProvider("SunJCE");

  private JdkAes() {}

  /** AES in the mode of RFC 5647, as OpenSSH names it. */
  static Factory.Named<net.schmizz.sshj.transport.cipher.Cipher> gcm(int bits) {
    return named("aes" + bits + "-gcm@openssh.com", () -> new Gcm(bits / Byte.SIZE));
  }

  /** AES in the mode of RFC 4344, section 4. */
  static Factory.Named<net.schmizz.sshj.transport.cipher.Cipher> ctr(int bits) {
    return named("aes" + bits + "-ctr", () -> new Ctr(bits / Byte.SIZE));
  }

  private static Factory.Named<net.schmizz.sshj.transport.cipher.Cipher> named(
      String name, Factory<net.schmizz.sshj.transport.cipher.Cipher> factory) {
    return new Factory.Named<>() {
      @Override
      public String getName() {
        return name;
      }

      @Override
      public net.schmizz.sshj.transport.cipher.Cipher create() {
        return factory.create();
      }

      @Override
      public String toString() {
        return name;
      }
    };
  }

  /** Asked by name, since the host may have put something slower first in the list. */
  private static Cipher cipher(String transformation) throws GeneralSecurityException {
    Provider jdk = JDK;
    return jdk == null
        ? Cipher.getInstance(transformation)
        : Cipher.getInstance(transformation, jdk);
  }

  private static final class Gcm extends GcmCipher {
    private static final String TRANSFORMATION = "AES/GCM/NoPadding";

    Gcm(int keySize) {
      super(GCM_IV, BLOCK, keySize, "AES", TRANSFORMATION);
    }

    @Override
    public void init(Mode mode, byte[] key, byte[] iv) {
      try {
        cipher = cipher(TRANSFORMATION);
        initCipher(cipher, mode, Arrays.copyOf(key, getBlockSize()), Arrays.copyOf(iv, GCM_IV));
      } catch (GeneralSecurityException e) {
        throw new SSHRuntimeException(e);
      }
    }
  }

  private static final class Ctr extends BlockCipher {
    private static final String TRANSFORMATION = "AES/CTR/NoPadding";

    Ctr(int keySize) {
      super(BLOCK, keySize, "AES", TRANSFORMATION);
    }

    @Override
    public void init(Mode mode, byte[] key, byte[] iv) {
      try {
        cipher = cipher(TRANSFORMATION);
        initCipher(cipher, mode, Arrays.copyOf(key, getBlockSize()), Arrays.copyOf(iv, BLOCK));
      } catch (GeneralSecurityException e) {
        throw new SSHRuntimeException(e);
      }
    }
  }
}
