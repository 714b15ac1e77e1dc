package dev.echosounder.features;

import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectDirectories;
import org.junit.platform.suite.api.Suite;

/**
 * Every feature but the subprotocols', against the embedded peer; or, with {@code
 * -Dechosounder.target=URL}, all that do not need the peer against that. On several threads: most
 * of the time a scenario waits, and whatever two of them shared by mistake shows here.
 */
@Suite
@IncludeEngines("cucumber")
@SelectDirectories({"features/core", "features/peer", "src/test/resources/features"})
@ConfigurationParameter(
    key = "cucumber.glue",
    value = "dev.echosounder.scenario,dev.echosounder.features")
@ConfigurationParameter(key = "cucumber.execution.parallel.enabled", value = "true")
@ConfigurationParameter(key = "cucumber.execution.parallel.config.strategy", value = "fixed")
@ConfigurationParameter(
    key = "cucumber.execution.parallel.config.fixed.parallelism",
    value = FeaturesIT.THREADS)
@ConfigurationParameter(
    key = "cucumber.execution.parallel.config.fixed.max-pool-size",
    value = FeaturesIT.THREADS)
final class FeaturesIT {
  /** As most, too: else each one that waits is made up for by another. */
  static final String THREADS = "4";
}
