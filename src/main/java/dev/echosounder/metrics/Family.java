package dev.echosounder.metrics;

import io.prometheus.metrics.model.registry.Collector;

/** One metric with the series of all its subjects. */
interface Family extends Collector {
  /** What the catalogue says of it. */
  Catalogue.Row row();
}
