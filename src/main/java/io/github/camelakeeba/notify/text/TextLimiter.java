package io.github.camelakeeba.notify.text;

import java.nio.charset.StandardCharsets;
import java.util.function.ToIntFunction;

/** Cuts texts to the limit of a chat, never through a character, and so that the reader sees it. */
public record TextLimiter(ChatEscaping escaping, ToIntFunction<String> size) {
  static final String TRUNCATION_MARK = "… (cut)";

  public static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** The escaped text, of at most this size. */
  public String truncate(String text, int max) {
    int room = max - size.applyAsInt(TRUNCATION_MARK);
    StringBuilder result = new StringBuilder(Math.min(text.length(), max) + 16);
    int[] points = text.codePoints().limit((long) max + 1).toArray();
    int used = 0;
    int end = 0;
    for (int i = 0; i < points.length; i++) {
      int before = i == 0 ? ChatEscaping.TEXT_BOUNDARY : points[i - 1];
      int after = i + 1 == points.length ? ChatEscaping.TEXT_BOUNDARY : points[i + 1];
      String piece = escaping.escape(before, points[i], after);
      used += size.applyAsInt(piece);
      if (used > max) {
        result.setLength(end);
        return result.toString().stripTrailing() + TRUNCATION_MARK;
      }
      result.append(piece);
      end = used <= room ? result.length() : end;
    }
    return result.toString();
  }
}
