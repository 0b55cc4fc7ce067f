package io.github.camelakeeba.config;

import io.github.camelakeeba.Internal;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The end of a sentence about an unknown word: what was probably meant, and what is allowed. */
@Internal
public final class DidYouMean {
  private static final int MAX_LISTED = 40; // a site has the most keys

  private DidYouMean() {}

  /** {@code "; did you mean 'x'? allowed: x, y"}. */
  public static String of(String word, Collection<String> allowed) {
    String listed = allowed.stream().limit(MAX_LISTED).collect(Collectors.joining(", "));
    return nearest(word, allowed).map(near -> "; did you mean '" + near + "'? ").orElse("; ")
        + (allowed.isEmpty() ? "there is none" : "allowed: " + listed)
        + (allowed.size() > MAX_LISTED ? ", …" : "");
  }

  public static Optional<String> nearest(String word, Collection<String> allowed) {
    String lower = word.toLowerCase(Locale.ROOT);
    int max = Math.max(1, word.length() / 3);
    return allowed.stream()
        .filter(one -> Math.abs(one.length() - word.length()) <= max)
        .filter(one -> distance(lower, one.toLowerCase(Locale.ROOT)) <= max)
        .min(Comparator.comparingInt(one -> distance(lower, one.toLowerCase(Locale.ROOT))));
  }

  /** Levenshtein's: letters to insert, delete or replace. */
  private static int distance(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[right.length()];
  }
}
