/** Benchmarks: each a ratio to a floor measured in the same run. They never fail a build. */
@NullMarked
package dev.echosounder.bench;

import org.jspecify.annotations.NullMarked;
