package dev.echosounder.config;

import java.util.concurrent.CompletableFuture;

/** Reads one discovery's lists; keeps the last good ones. One refresh at a time. */
interface Source {
  /** Completes, never exceptionally, on any thread. */
  CompletableFuture<Discovered> refresh();
}
