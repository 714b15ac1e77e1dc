package org.example.chat;

import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.IncludeEngines;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

// snippet: suite
@Suite
@IncludeEngines("cucumber")
@SelectPackages("org.example.chat")
@ConfigurationParameter(
    key = "cucumber.glue",
    value = "dev.echosounder.scenario,org.example.chat")
@ConfigurationParameter(key = "cucumber.execution.parallel.enabled", value = "true")
class RunFeaturesTest {}
// end
