package io.github.clouddriver.ssh;

import io.github.clouddriver.Secret;
import io.github.clouddriver.exec.SshPublicKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Key files of every kind and format, made by OpenSSH's and OpenSSL's own programs. */
final class KeyFiles {
  static final Secret PASSPHRASE = Secret.of("open sesame");

  /** What {@code ssh-keygen} makes each kind of with. */
  static final Map<String, String> KINDS =
      new TreeMap<>(
          Map.of(
              "rsa", "rsa -b 2048",
              "ecdsa256", "ecdsa -b 256",
              "ecdsa384", "ecdsa -b 384",
              "ecdsa521", "ecdsa -b 521",
              "ed25519", "ed25519"));

  private final Path directory;

  KeyFiles(Path directory) {
    this.directory = directory;
  }

  /**
   * One file.
   *
   * @param name kind and format, for the names of tests
   * @param firstLine what it begins with
   * @param publicKey the key in it
   */
  record KeyFile(
      String name, Path path, String firstLine, @Nullable Secret passphrase, PublicKey publicKey) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Makes a user's certificate for a key, in a file beside it whose name ends in -cert.pub. */
  static void certifyUser(Path authority, Path key, String user)
      throws IOException, InterruptedException {
    certify(authority, key, "-n", user);
  }

  /** Makes a host's certificate likewise. */
  static void certifyHost(Path authority, Path key, String host)
      throws IOException, InterruptedException {
    certify(authority, key, "-h", "-n", host);
  }

  private static void certify(Path authority, Path key, String... principal)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("-q", "-s", authority.toString()));
    arguments.addAll(List.of("-I", "test"));
    arguments.addAll(List.of(principal));
    arguments.add(key.toString());
    Programs.run("ssh-keygen", arguments.toArray(String[]::new));
  }

  /** Makes a key in OpenSSH's format, without a passphrase, and its {@code .pub} file. */
  Path make(String name, String options) throws IOException, InterruptedException {
    Path file = directory.resolve(name);
    List<String> arguments = new ArrayList<>(List.of("-q", "-N", "", "-C", name));
    arguments.addAll(List.of("-f", file.toString(), "-t"));
    arguments.addAll(List.of(options.split(" ")));
    Programs.run("ssh-keygen", arguments.toArray(String[]::new));
    return file;
  }

  static PublicKey publicKey(Path file) throws IOException {
    return SshPublicKeys.parse(Files.readString(file.resolveSibling(file.getFileName() + ".pub")));
  }

  /** One key of each kind in every format that it can have, with and without a passphrase. */
  List<KeyFile> all() throws IOException, InterruptedException {
    List<KeyFile> all = new ArrayList<>();
    for (String kind : KINDS.keySet()) {
      Path plain = make(kind, KINDS.get(kind));
      PublicKey key = publicKey(plain);
      all.add(file(kind + " openssh", plain, null, key));
      all.add(file(kind + " openssh encrypted", reencode(plain, "", "RFC4716"), PASSPHRASE, key));
      if (!kind.equals("ed25519")) { // for which ssh-keygen writes its own format only
        Path pem = recode(plain, "PEM");
        Path pkcs8 = recode(plain, "PKCS8");
        all.add(file(kind + " pem", pem, null, key));
        all.add(file(kind + " pem encrypted", reencode(plain, "", "PEM"), PASSPHRASE, key));
        all.add(file(kind + " pkcs8", pkcs8, null, key));
        all.add(file(kind + " pkcs8 encrypted", reencode(plain, "", "PKCS8"), PASSPHRASE, key));
        addOpenSsl(kind, pkcs8, key, all);
      }
    }
    Path ed25519 = directory.resolve("ed25519 openssl");
    Programs.run("openssl", "genpkey", "-algorithm", "ed25519", "-out", ed25519.toString());
    ownerOnly(ed25519);
    Path publicKey = directory.resolve("ed25519 openssl public");
    Programs.run(
        "openssl",
        "pkey",
        "-in",
        ed25519.toString(),
        "-pubout",
        "-outform",
        "DER",
        "-out",
        publicKey.toString());
    PublicKey key = x509("Ed25519", Files.readAllBytes(publicKey));
    all.add(file("ed25519 openssl", ed25519, null, key));
    addOpenSsl("ed25519", ed25519, key, all);
    return all;
  }

  private static PublicKey x509(String kind, byte[] encoded) {
    try {
      return KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The ways of encryption that OpenSSL offers. */
  private void addOpenSsl(String kind, Path plain, PublicKey key, List<KeyFile> all)
      throws IOException, InterruptedException {
    for (String way :
        List.of(
            "-v2 aes-128-cbc",
            "-v2 aes-192-cbc",
            "-v2 aes-256-cbc -v2prf hmacWithSHA512",
            "-v2 aes-256-cbc -v2prf hmacWithSHA1",
            "-v2 des3 -iter 10000",
            "-v1 PBE-SHA1-3DES",
            "-scrypt")) {
      String name = kind + " openssl " + way;
      all.add(file(name, openSsl(name, "pkcs8 -topk8 " + way, plain), PASSPHRASE, key));
    }
    if (!kind.equals("ed25519")) {
      String command = kind.equals("rsa") ? "rsa -traditional" : "ec";
      for (String way : List.of("-aes128", "-aes192", "-aes256", "-des3")) {
        String name = kind + " openssl " + way;
        all.add(file(name, openSsl(name, command + " " + way, plain), PASSPHRASE, key));
      }
    }
  }

  private Path openSsl(String name, String command, Path plain)
      throws IOException, InterruptedException {
    Path file = directory.resolve(name);
    List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
    arguments.addAll(List.of("-in", plain.toString(), "-out", file.toString()));
    arguments.addAll(List.of("-passout", "pass:" + PASSPHRASE.reveal()));
    Programs.run("openssl", arguments.toArray(String[]::new));
    return file;
  }

  /** The same key in another format, without a passphrase. */
  Path recode(Path plain, String format) throws IOException, InterruptedException {
    return copy(plain, plain.getFileName() + " " + format, "-m", format, "-N", "");
  }

  /**
   * The same key, encrypted.
   *
   * @param options more options of {@code ssh-keygen}
   */
  Path reencode(Path plain, String options, String format)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("-m", format, "-N", PASSPHRASE.reveal()));
    if (!options.isEmpty()) {
      all.addAll(List.of(options.split(" ")));
    }
    return copy(
        plain,
        plain.getFileName() + " " + format + " encrypted " + options,
        all.toArray(String[]::new));
  }

  private Path copy(Path plain, String name, String... options)
      throws IOException, InterruptedException {
    Path file = directory.resolve(name);
    Files.copy(plain, file);
    List<String> arguments = new ArrayList<>(List.of("-q", "-p", "-P", "", "-f", file.toString()));
    arguments.addAll(List.of(options));
    Programs.run("ssh-keygen", arguments.toArray(String[]::new));
    return file;
  }

  /** OpenSSH's programs do not read a private key that others might. */
  static void ownerOnly(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static KeyFile file(
      String name, Path path, @Nullable Secret passphrase, PublicKey publicKey) throws IOException {
    return new KeyFile(name, path, Files.readAllLines(path).get(0), passphrase, publicKey);
  }
}
