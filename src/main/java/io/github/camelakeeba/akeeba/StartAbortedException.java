package io.github.camelakeeba.akeeba;

/**
 * PHP itself has broken startBackup off, such as by an undefined constant: no worker is left
 * inside, and one more start, after a check of the site, may go well (measured).
 */
public final class StartAbortedException extends AkeebaException {
  public StartAbortedException(String message) {
    super(ErrorKind.BACKUP_ERROR, message);
  }
}
