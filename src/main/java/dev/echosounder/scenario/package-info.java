/** The Gherkin vocabulary and running features. Sole importer of Cucumber. */
@NullMarked
package dev.echosounder.scenario;

import org.jspecify.annotations.NullMarked;
