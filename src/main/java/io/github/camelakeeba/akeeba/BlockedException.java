package io.github.camelakeeba.akeeba;

/** A firewall blocks the request; another address of the site may pass. */
public final class BlockedException extends AkeebaException {
  public BlockedException(String message) {
    super(ErrorKind.CONFIGURATION, message);
  }
}
