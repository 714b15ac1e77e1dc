/** Starts, reloads and stops everything else; owns the one registry of check kinds. */
@NullMarked
package dev.echosounder.daemon;

import org.jspecify.annotations.NullMarked;
