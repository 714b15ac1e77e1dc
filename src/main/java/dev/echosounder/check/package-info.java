/**
 * What one run verifies (handshake, echo, ping) and its outcome. Each run is an asynchronous state
 * machine that no thread waits for. Depends on {@code ws} only.
 */
@NullMarked
package dev.echosounder.check;

import org.jspecify.annotations.NullMarked;
