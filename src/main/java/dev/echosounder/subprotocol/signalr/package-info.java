/**
 * ASP.NET Core SignalR: its hub protocol as JSON, on a connection without negotiation. Held to the
 * examples of the protocol's specification, to Microsoft's own JavaScript codec and to a server in
 * Python; no server of Microsoft's has been tried, for none runs without .NET.
 */
@NullMarked
package dev.echosounder.subprotocol.signalr;

import org.jspecify.annotations.NullMarked;
