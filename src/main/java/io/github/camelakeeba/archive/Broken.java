package io.github.camelakeeba.archive;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.Signature;

/** What an archive, or a file of it, is not: whole and readable. */
final class Broken extends AkeebaException {
  private static final long serialVersionUID = 1L;

  Broken(String what, Object... values) {
    super(ErrorKind.VERIFICATION, what.formatted(values));
  }

  /**
   * Another mark than that of an entry stands where one is due.
   *
   * @param number which entry is due, from 1
   */
  static Broken noEntry(String mark, long at, long number) {
    return number == 1 && zeros(mark)
        ? new Broken(
            "It has zeros at byte %s, where its first entry is due: %s.", at, Signature.HOLE)
        : new Broken(
            "No entry begins at byte %s of the archive, where number %s is due.", at, number);
  }

  /** Another mark than that of its kind stands at the beginning. */
  static Broken noArchive(String mark, String kind) {
    return zeros(mark)
        ? new Broken("It begins with zeros: %s.", Signature.HOLE)
        : new Broken("The archive does not begin with '%s'.", kind);
  }

  private static boolean zeros(String mark) {
    return mark.chars().allMatch(c -> c == 0);
  }
}
