/**
 * When things run: intended instants at a fixed rate, spread by name, with bounds; what could not
 * start is skipped and counted, never queued; and how late we ourselves are. Depends on nothing.
 */
@NullMarked
package dev.echosounder.schedule;

import org.jspecify.annotations.NullMarked;
