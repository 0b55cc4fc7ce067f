package io.github.camelakeeba.akeeba;

/** The site's Akeeba Backup has answered, and has no such backup. */
public final class MissingRecordException extends AkeebaException {
  public MissingRecordException(String message) {
    super(ErrorKind.NOT_FOUND, message);
  }
}
