package dev.echosounder.subprotocol.mqtt;

/** The versions of MQTT in use. */
public enum MqttVersion {
  V3_1_1("3.1.1", 4),
  V5("5", 5);

  private final String label;
  private final int level;

  MqttVersion(String label, int level) {
    this.label = label;
    this.level = level;
  }

  /** How features spell it. */
  String label() {
    return label;
  }

  /** The protocol level of CONNECT (§3.1.2.2). */
  int level() {
    return level;
  }
}
