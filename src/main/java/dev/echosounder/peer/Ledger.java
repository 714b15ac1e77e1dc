package dev.echosounder.peer;

import java.util.Map;

/**
 * What a {@link Peer} served until the moment it was asked: an immutable snapshot.
 *
 * @param upgrades upgrade requests answered with a 101, correct or deliberately wrong
 * @param refusals upgrade requests answered with any other status
 * @param messagesIn complete text and binary messages received
 * @param messagesOut text and binary messages sent; raw bytes of a misbehaviour are none
 * @param bytesIn payload bytes of the messages received, after decompression
 * @param bytesOut payload bytes of the messages sent, before compression
 * @param open WebSocket connections whose TCP connection is still held
 * @param closes how WebSocket connections ended; the first cause wins
 */
public record Ledger(
    long upgrades,
    long refusals,
    long messagesIn,
    long messagesOut,
    long bytesIn,
    long bytesOut,
    long open,
    Closes closes) {

  /**
   * Ends by what came first (RFC 6455 §7.1).
   *
   * @param byPeer our close frame
   * @param byClient the client's close frame
   * @param reset a TCP reset, by either side
   * @param fin a FIN with no close frame before it, by either side
   * @param clientCodes of those by the client, by close code; 1005 is none in the frame
   */
  public record Closes(
      long byPeer, long byClient, long reset, long fin, Map<Integer, Long> clientCodes) {
    public Closes {
      clientCodes = Map.copyOf(clientCodes);
    }
  }
}
