/** The library in the project of somebody else: {@code sample/}, and the documentation of it. */
@NullMarked
package dev.echosounder.sample;

import org.jspecify.annotations.NullMarked;
