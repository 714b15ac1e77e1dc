/** Socket.IO 4 (its protocol 5) on Engine.IO 4, by its WebSocket transport alone. */
@NullMarked
package dev.echosounder.subprotocol.socketio;

import org.jspecify.annotations.NullMarked;
