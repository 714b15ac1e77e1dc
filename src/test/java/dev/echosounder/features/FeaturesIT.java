package dev.echosounder.features;

import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectDirectories;
import org.junit.platform.suite.api.Suite;

/**
 * Every feature but the subprotocols', against the embedded peer; or, with {@code
 * -Dechosounder.target=URL}, all that do not need the peer against that.
 */
@Suite
@IncludeEngines("cucumber")
@SelectDirectories({"features/core", "features/peer", "src/test/resources/features"})
@ConfigurationParameter(
    key = "cucumber.glue",
    value = "dev.echosounder.scenario,dev.echosounder.features")
final class FeaturesIT {}
