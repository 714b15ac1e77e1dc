/**
 * The rules that ship with the program, in the directories {@code prometheus/} and {@code
 * alertmanager/}: that they name what exists, explain themselves, and are tested.
 */
@NullMarked
package dev.echosounder.prometheus;

import org.jspecify.annotations.NullMarked;
