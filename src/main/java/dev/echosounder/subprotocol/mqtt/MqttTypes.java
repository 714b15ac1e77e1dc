package dev.echosounder.subprotocol.mqtt;

import io.cucumber.java.ParameterType;

/** What stands in braces in the steps of MQTT. For Cucumber only. */
public final class MqttTypes {
  /** {@code 3.1.1} or {@code 5}. */
  @ParameterType("3\\.1\\.1|5")
  public MqttVersion mqttVersion(String text) {
    return text.equals(MqttVersion.V5.label()) ? MqttVersion.V5 : MqttVersion.V3_1_1;
  }

  /** A reason by name or number: {@code "not authorized"}, {@code 0x87}. */
  @ParameterType("\"[a-z ]+\"|0x[0-9a-f]{2}")
  public Integer mqttReason(String text) {
    return text.startsWith("\"")
        ? Reason.code(text.substring(1, text.length() - 1))
        : Integer.decode(text);
  }
}
