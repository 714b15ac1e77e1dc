/** GraphQL over WebSocket: the subprotocol {@code graphql-transport-ws}. */
@NullMarked
package dev.echosounder.subprotocol.graphql;

import org.jspecify.annotations.NullMarked;
