package io.github.camelakeeba.archive.dump;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Where the rows of an INSERT may begin. Only the end of what is before them is looked at: a
 * hostile dump has a bracket that might be the one after each of a million others.
 */
public final class InsertStart {
  private static final int LENGTH = 8; // bytes: VALUES and what parts it from a name
  private static final Pattern END =
      Pattern.compile(".*[\\s)`]VALUES?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private InsertStart() {}

  /** Whether so many bytes of a statement's text may be all of an INSERT before its rows. */
  public static boolean mayEndHere(byte[] text, int length) {
    int end = length;
    while (end > 0 && text[end - 1] >= 0 && text[end - 1] <= ' ') {
      end--;
    }
    int from = Math.max(0, end - LENGTH);
    return "IiRr".indexOf(text[0]) >= 0
        && END.matcher(new String(text, from, end - from, StandardCharsets.ISO_8859_1)).matches();
  }
}
