package dev.echosounder.cli;

/** Something the user gave cannot be used; the message says what was expected and what was seen. */
final class BadInput extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadInput(String message) {
    super(message);
  }
}
