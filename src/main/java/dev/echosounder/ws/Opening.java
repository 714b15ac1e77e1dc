package dev.echosounder.ws;

/** How an attempt to connect came out: {@link Event.Upgraded} or {@link ConnectFailure}. */
public sealed interface Opening permits Event.Upgraded, ConnectFailure {}
