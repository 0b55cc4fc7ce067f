package io.github.camelakeeba.trigger;

/** Makes Camel's file consumers move the file to where rejected ones go. */
public class RejectedFileException extends RuntimeException {
  public RejectedFileException(String message) {
    super(message, null, false, false);
  }
}
