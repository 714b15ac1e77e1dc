/** What one run verifies (handshake, echo, ping) and its outcome. Depends on {@code ws} only. */
@NullMarked
package dev.echosounder.check;

import org.jspecify.annotations.NullMarked;
