/**
 * The Grafana dashboards: written here in Java, kept as JSON in {@code grafana/dashboards}, checked
 * against the catalogue of metrics, Grafana's own schemas, Prometheus' own parser and a real
 * Prometheus.
 */
@NullMarked
package dev.echosounder.grafana;

import org.jspecify.annotations.NullMarked;
