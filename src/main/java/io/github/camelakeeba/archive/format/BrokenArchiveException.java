package io.github.camelakeeba.archive.format;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ArchiveSignature;
import io.github.camelakeeba.akeeba.ErrorKind;

/** An archive, or a file of it, is not whole and readable. */
public final class BrokenArchiveException extends AkeebaException {
  /** A sentence that says what is wrong, and where. */
  public BrokenArchiveException(String what, Object... values) {
    super(ErrorKind.VERIFICATION, what.formatted(values));
  }

  /** Of a byte where an entry is due; entries count from 1. */
  static BrokenArchiveException notAnEntry(String mark, long at, long number) {
    return number == 1 && isZeros(mark)
        ? new BrokenArchiveException(
            "It has zeros at byte %s, where its first entry is due: %s.",
            at, ArchiveSignature.OVERWRITTEN)
        : new BrokenArchiveException(
            "No entry begins at byte %s of the archive, where number %s is due.", at, number);
  }

  static BrokenArchiveException notAnArchive(String mark, String kind) {
    return isZeros(mark)
        ? new BrokenArchiveException("It begins with zeros: %s.", ArchiveSignature.OVERWRITTEN)
        : new BrokenArchiveException("The archive does not begin with '%s'.", kind);
  }

  private static boolean isZeros(String mark) {
    return mark.chars().allMatch(c -> c == 0);
  }
}
