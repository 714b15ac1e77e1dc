package dev.echosounder.daemon;

import dev.echosounder.check.Check;
import dev.echosounder.check.Handshake;
import dev.echosounder.config.CheckKind;
import dev.echosounder.config.Layout;
import dev.echosounder.config.Section;

/** {@code kind: handshake}. */
final class HandshakeKind implements CheckKind {
  @Override
  public String name() {
    return "handshake";
  }

  @Override
  public String doc() {
    return "Connects, upgrades and closes cleanly.";
  }

  @Override
  public Layout layout() {
    return Layout.of();
  }

  @Override
  public Check parse(Section section) {
    return new Handshake();
  }
}
