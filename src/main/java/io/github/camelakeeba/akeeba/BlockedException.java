package io.github.camelakeeba.akeeba;

/** A firewall lets the request not through: what is asked elsewhere on the site may pass. */
public final class BlockedException extends AkeebaException {
  private static final long serialVersionUID = 1L;

  public BlockedException(String message) {
    super(ErrorKind.CONFIGURATION, message);
  }
}
