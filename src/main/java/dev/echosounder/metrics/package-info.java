/**
 * Outcomes to meters to exposition. The only room that knows Micrometer and the Prometheus client;
 * depends on {@code check} and {@code ws}.
 *
 * <p>Counters and gauges are Micrometer's, so that they can also be pushed; latencies are the
 * Prometheus client's histograms, native and classic, which Micrometer has not. Both come out of
 * one registry. {@code catalogue.md} names every metric: adding one is a row there and the line
 * that records it.
 */
@NullMarked
package dev.echosounder.metrics;

import org.jspecify.annotations.NullMarked;
