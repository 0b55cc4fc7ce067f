package io.github.camelakeeba.trigger;

/** A rejected message could not be handed to the trigger's dead letter. */
public class DeadLetterException extends RuntimeException {
  /** A sentence of one line, without the endpoint's URI. */
  public DeadLetterException(String message) {
    super(message);
  }
}
