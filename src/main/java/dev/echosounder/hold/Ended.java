package dev.echosounder.hold;

import dev.echosounder.check.Evidence;
import dev.echosounder.ws.Ending;
import java.time.Duration;

/**
 * The end of a kept connection.
 *
 * @param age from the upgrade to the end
 * @param sinceSent from our last frame, or the upgrade, to the end; close frames don't count
 * @param sinceReceived from the peer's last frame, or the upgrade, to the end; likewise
 * @param evidence with the handshake and the last frames
 */
public record Ended(
    Ending ending, Duration age, Duration sinceSent, Duration sinceReceived, Evidence evidence) {}
