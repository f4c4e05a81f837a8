package io.github.clouddriver.exec;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A host name or address with an optional port (clause T1). Immutable.
 *
 * @param host a DNS name, an IPv4 address or an IPv6 address without brackets, the latter with an
 *     optional zone ({@code fe80::1%eth0})
 * @param port 1 to 65535; empty means the protocol's usual port
 */
public record HostPort(String host, OptionalInt port) {

  /**
   * Checks the parts.
   *
   * @param host the host
   * @param port the port
   * @throws IllegalArgumentException if the host is empty or holds a character that no host has, or
   *     the port is out of range
   */
  public HostPort {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(port, "port");
    checkHost(host);
    port.ifPresent(HostPort::checkPort);
  }

  /**
   * A host with the protocol's usual port.
   *
   * @param host the host name or address, IPv6 without brackets
   * @return the address
   * @throws IllegalArgumentException if the host is malformed
   */
  public static HostPort of(String host) {
    return new HostPort(host, OptionalInt.empty());
  }

  /**
   * A host with a port.
   *
   * @param host the host name or address, IPv6 without brackets
   * @param port 1 to 65535
   * @return the address
   * @throws IllegalArgumentException if the host is malformed or the port out of range
   */
  public static HostPort of(String host, int port) {
    return new HostPort(host, OptionalInt.of(port));
  }

  /**
   * Reads {@code host}, {@code host:port}, {@code [v6]}, {@code [v6]:port} or a bare IPv6 address,
   * each v6 with an optional zone. A bare IPv6 address never has a port: {@code fe80::1:22} is an
   * address.
   *
   * @param text what to read
   * @return the address
   * @throws IllegalArgumentException if the text is none of these
   */
  public static HostPort parse(String text) {
    Objects.requireNonNull(text, "text");
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      if (end < 0) {
        throw malformed(text, "it has no closing bracket");
      }
      String host = text.substring(1, end);
      if (host.indexOf(':') < 0) {
        throw malformed(text, "only an IPv6 address stands in brackets");
      }
      String rest = text.substring(end + 1);
      if (rest.isEmpty()) {
        return of(host);
      }
      if (rest.charAt(0) != ':') {
        throw malformed(text, "only :port may follow the bracket");
      }
      return of(host, parsePort(text, rest.substring(1)));
    }
    int colon = text.indexOf(':');
    if (colon < 0 || text.indexOf(':', colon + 1) >= 0) {
      return of(text);
    }
    return of(text.substring(0, colon), parsePort(text, text.substring(colon + 1)));
  }

  private static int parsePort(String text, String port) {
    boolean digits = !port.isEmpty() && port.length() <= 5;
    for (int i = 0; i < port.length() && digits; i++) {
      digits = port.charAt(i) >= '0' && port.charAt(i) <= '9';
    }
    if (!digits) {
      throw malformed(text, "its port is not a number from 1 to 65535");
    }
    return Integer.parseInt(port);
  }

  private static void checkPort(int port) {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not from 1 to 65535");
    }
  }

  private static void checkHost(String host) {
    if (host.isEmpty()) {
      throw new IllegalArgumentException("the host is empty");
    }
    boolean v6 = host.indexOf(':') >= 0;
    int zone = v6 ? host.indexOf('%') : -1;
    String address = zone < 0 ? host : host.substring(0, zone);
    for (int i = 0; i < address.length(); i++) {
      char c = address.charAt(i);
      boolean ok =
          v6
              ? c == ':' || c == '.' || (c < 128 && Character.digit(c, 16) >= 0)
              : c == '.' || c == '-' || c == '_' || Character.isLetterOrDigit(c);
      if (!ok) {
        throw malformed(host, "a host has no character '" + printable(c) + "'");
      }
    }
    if (v6 && !isV6(address)) {
      throw malformed(host, "it has colons but is no IPv6 address");
    }
    if (zone >= 0 && !isZone(host.substring(zone + 1))) {
      throw malformed(host, "its zone is empty or has a character that no zone has");
    }
  }

  private static boolean isV6(String address) {
    try {
      InetAddress.getByName("[" + address + "]"); // in brackets it is never looked up as a name
      return true;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static boolean isZone(String zone) {
    return !zone.isEmpty()
        && zone.chars()
            .allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || ".-_~".indexOf(c) >= 0));
  }

  private static String printable(char c) {
    return c > ' ' && c < 127 ? String.valueOf(c) : String.format("\\u%04x", (int) c);
  }

  private static IllegalArgumentException malformed(String text, String why) {
    StringBuilder shown = new StringBuilder();
    text.chars().limit(300).forEach(c -> shown.append(printable((char) c)));
    return new IllegalArgumentException("\"" + shown + "\" is not an address: " + why);
  }

  /**
   * The port, or another one where there is none.
   *
   * @param usual the protocol's usual port
   * @return the port to connect to
   */
  public int portOr(int usual) {
    return port.orElse(usual);
  }

  /**
   * The form that {@link #parse} reads.
   *
   * @return {@code host}, {@code host:port} or {@code [v6]:port}
   */
  @Override
  public String toString() {
    if (port.isEmpty()) {
      return host;
    }
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port.getAsInt();
  }
}
