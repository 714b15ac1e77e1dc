/**
 * One WebSocket connection: the client that opens it, the timeline of what happened, and why it
 * ended or never opened. Depends on nothing of ours; sole importer of {@code jakarta.websocket} and
 * of Jetty's client.
 */
@NullMarked
package dev.echosounder.ws;

import org.jspecify.annotations.NullMarked;
