/** Who we say we are where that has to be fetched first: OAuth 2.0 access tokens. */
@NullMarked
package dev.echosounder.auth;

import org.jspecify.annotations.NullMarked;
