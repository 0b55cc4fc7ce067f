package io.github.camelakeeba.archive;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;

/** What an archive, or a file of it, is not: whole and readable. */
final class Broken extends AkeebaException {
  private static final long serialVersionUID = 1L;

  Broken(String what, Object... values) {
    super(ErrorKind.VERIFICATION, what.formatted(values));
  }
}
