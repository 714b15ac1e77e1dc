/** STOMP 1.2, as message brokers speak it over WebSocket. */
@NullMarked
package dev.echosounder.subprotocol.stomp;

import org.jspecify.annotations.NullMarked;
