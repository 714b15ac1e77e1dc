/**
 * ASP.NET Core SignalR: its hub protocol as JSON, on a connection without negotiation. Held to the
 * examples of the protocol's specification and to Microsoft's own JavaScript codec; no server of
 * Microsoft's has been tried, for none runs without .NET.
 */
@NullMarked
package dev.echosounder.subprotocol.signalr;

import org.jspecify.annotations.NullMarked;
