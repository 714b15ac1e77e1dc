/**
 * Tests of WebSocket endpoints in plain JUnit 5, with assertions in AssertJ's style. Give your
 * project JUnit Jupiter, and AssertJ if it asserts by {@link
 * dev.echosounder.junit.EchosounderAssertions}: neither comes along. Sole importer of both; waits
 * and matches nothing itself, {@code scenario} does.
 */
@NullMarked
package dev.echosounder.junit;

import org.jspecify.annotations.NullMarked;
