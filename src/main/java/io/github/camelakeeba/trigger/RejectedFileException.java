package io.github.camelakeeba.trigger;

/** Tells Camel's file consumers to move the file to where refused ones go. */
public class RejectedFileException extends RuntimeException {
  public RejectedFileException(String message) {
    super(message, null, false, false);
  }
}
