package io.github.clouddriver;

/** Finds drivers by name (clause D10). */
public final class Drivers {
  private Drivers() {}
}
