package io.github.camelakeeba.akeeba;

/**
 * PHP itself has broken startBackup off, such as by an undefined constant (protocol 6): no worker
 * is left inside, and one more start, after a look, may go well.
 */
public final class StartAbortedException extends AkeebaException {
  public StartAbortedException(String message) {
    super(ErrorKind.BACKUP_ERROR, message);
  }
}
