package io.github.camelakeeba.extract;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes as people write it. */
public final class ByteSize {
  private static final Pattern FORM = Pattern.compile("(\\d{1,15})\\s*([kmgt]?)(i?b)?");
  private static final String UNITS = "kmgt"; // each 1024 of the one before

  private ByteSize() {}

  /**
   * Such as {@code 500M}, {@code 20GiB} or plain bytes; throws {@link IllegalArgumentException}.
   */
  public static long parse(String text) {
    Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "'%s' is no size: write bytes, or a number with K, M, G or T, such as 20G"
              .formatted(text));
    }
    long size = Long.parseLong(form.group(1));
    int unit = form.group(2).isEmpty() ? 0 : UNITS.indexOf(form.group(2)) + 1;
    if (size > Long.MAX_VALUE >> 10 * unit) {
      throw new IllegalArgumentException("'%s' is more than any disk has".formatted(text));
    }
    return size << 10 * unit;
  }
}
