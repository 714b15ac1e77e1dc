/** JSON-RPC 2.0: calls, notifications and batches, both ways. */
@NullMarked
package dev.echosounder.subprotocol.jsonrpc;

import org.jspecify.annotations.NullMarked;
