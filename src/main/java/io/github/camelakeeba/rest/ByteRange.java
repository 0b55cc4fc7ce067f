package io.github.camelakeeba.rest;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bytes of a file that a caller wants (RFC 9110, section 14).
 *
 * @param first the first of them, from 0
 * @param length how many; 0: the file has none of those that are wanted
 */
record ByteRange(long first, long length) {
  private static final Pattern ONE = Pattern.compile("(?i)bytes=(\\d{0,18})-(\\d{0,18})");

  /** Null for the whole file: none is wanted, several are, or what is wanted can't be read. */
  static ByteRange of(String header, long size) {
    Matcher range = header == null ? null : ONE.matcher(header.strip());
    if (range == null || !range.matches() || range.group(1).isEmpty() && range.group(2).isEmpty()) {
      return null;
    }
    if (range.group(1).isEmpty()) {
      long length = Math.min(size, Long.parseLong(range.group(2)));
      return new ByteRange(size - length, length);
    }
    long first = Long.parseLong(range.group(1));
    long last =
        range.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(range.group(2)));
    if (!range.group(2).isEmpty() && Long.parseLong(range.group(2)) < first) {
      return null;
    }
    return new ByteRange(first, first >= size ? 0 : last - first + 1);
  }

  /** The header {@code Content-Range}. */
  String of(long size) {
    return length == 0
        ? "bytes */" + size
        : "bytes %s-%s/%s".formatted(first, first + length - 1, size);
  }
}
