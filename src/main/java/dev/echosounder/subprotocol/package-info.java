/**
 * Steps for what is spoken over WebSockets: a package a subprotocol, each a codec, a session and a
 * class of steps. They use {@code scenario} and {@code ws}; nothing uses them, nor they each other:
 * deleting a package, its feature and its test takes the subprotocol away.
 */
@NullMarked
package dev.echosounder.subprotocol;

import org.jspecify.annotations.NullMarked;
