package io.github.camelakeeba.akeeba;

/** A firewall lets the request not through: what is asked elsewhere on the site may pass. */
public final class BlockedException extends AkeebaException {
  public BlockedException(String message) {
    super(ErrorKind.CONFIGURATION, message);
  }
}
