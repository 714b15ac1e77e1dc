/**
 * Runs the features of the directory {@code features/} against the embedded peer, or a named
 * target, and those of {@code features/core/} against every foreign server; and the glue that needs
 * fixtures of ours.
 */
@NullMarked
package dev.echosounder.features;

import org.jspecify.annotations.NullMarked;
