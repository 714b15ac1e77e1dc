/**
 * A frame-aware fault proxy: stands before any WebSocket server and does, on cue, what networks and
 * proxies do by accident. One thread serves all connections. Depends on nothing of ours.
 */
@NullMarked
package dev.echosounder.peer.proxy;

import org.jspecify.annotations.NullMarked;
