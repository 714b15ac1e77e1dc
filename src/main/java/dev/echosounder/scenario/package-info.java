/**
 * The Gherkin vocabulary and running features. Give {@code dev.echosounder.scenario} to Cucumber as
 * glue: the step classes need no object factory, a scenario's state is bound to its thread. With
 * the subprotocols, sole importer of Cucumber; may use {@code ws}, {@code check}, {@code report}
 * and, as the default target, {@code peer}.
 */
@NullMarked
package dev.echosounder.scenario;

import org.jspecify.annotations.NullMarked;
