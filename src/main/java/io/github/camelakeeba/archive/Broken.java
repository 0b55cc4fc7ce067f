package io.github.camelakeeba.archive;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;

/** What an archive, or a file of it, is not: whole and readable. */
final class Broken extends AkeebaException {
  private static final long serialVersionUID = 1L;

  Broken(String what, Object... values) {
    super(ErrorKind.VERIFICATION, what.formatted(values));
  }

  /**
   * Another mark than that of an entry stands where one is due. Zeros in the first one's place are
   * what another backup leaves that was started while a step of this one ran (measured: protocol
   * 6).
   *
   * @param number which entry is due, from 1
   */
  static Broken noEntry(String mark, long at, long number) {
    boolean hole = number == 1 && mark.chars().allMatch(c -> c == 0);
    return hole
        ? new Broken(
            "It has zeros at byte %d, where its first entry is due: another backup was started while a step of this one ran.",
            at)
        : new Broken(
            "No entry begins at byte %d of the archive, where number %d is due.", at, number);
  }
}
