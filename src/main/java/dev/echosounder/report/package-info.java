/**
 * From a timeline to something a person or a program reads: text, waterfall, JSON. Sole importer of
 * the JSON library.
 */
@NullMarked
package dev.echosounder.report;

import org.jspecify.annotations.NullMarked;
