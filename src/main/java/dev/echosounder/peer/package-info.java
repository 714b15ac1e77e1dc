/**
 * The scriptable echo server, the embedded default target. Depends on nothing of ours; sole
 * importer of Jetty's server.
 */
@NullMarked
package dev.echosounder.peer;

import org.jspecify.annotations.NullMarked;
