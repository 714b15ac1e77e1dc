/**
 * MQTT 3.1.1 and 5 over WebSocket. The codec is our own: the smallest library that has one without
 * a client, Netty's, brings 2 MB. The tests hold it to that library, both ways, and to a broker.
 */
@NullMarked
package dev.echosounder.subprotocol.mqtt;

import org.jspecify.annotations.NullMarked;
