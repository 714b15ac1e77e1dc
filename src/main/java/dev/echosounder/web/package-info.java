/**
 * The daemon's HTTP side: metrics, probes on demand, the status page and its history, lifecycle,
 * TLS and users. What it shows comes through {@link dev.echosounder.web.Sources}, so it depends on
 * {@code ws}, {@code check} and {@code report} only. Shares Jetty's server with {@code peer}.
 */
@NullMarked
package dev.echosounder.web;

import org.jspecify.annotations.NullMarked;
