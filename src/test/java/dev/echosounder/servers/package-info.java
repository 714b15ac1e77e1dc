/**
 * WebSocket servers that this project did not write, started and stopped by the build behind one
 * small interface, so that the same features can run unchanged against each; and certificates made
 * at run time, one for each way in which TLS can go right or wrong. Depends on nothing of ours.
 */
@NullMarked
package dev.echosounder.servers;

import org.jspecify.annotations.NullMarked;
