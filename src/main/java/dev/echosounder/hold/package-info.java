/**
 * Connections that are kept open: heartbeat, liveness, planned lifetime, back-off and recovery.
 * Asynchronous: thousands of them cost no thread each.
 */
@NullMarked
package dev.echosounder.hold;

import org.jspecify.annotations.NullMarked;
