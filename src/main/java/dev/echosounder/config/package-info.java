/**
 * Strict YAML to records: positions in every message, secrets that never print, discovery. One
 * {@link dev.echosounder.config.Form} both reads a value and describes it to the JSON schema, so
 * the two cannot disagree. Depends on {@code check} and {@code ws} only.
 */
@NullMarked
package dev.echosounder.config;

import org.jspecify.annotations.NullMarked;
