/** Holds the vocabulary to its documentation, its failures to their words, and runs to an end. */
@NullMarked
package dev.echosounder.auth;

import org.jspecify.annotations.NullMarked;
