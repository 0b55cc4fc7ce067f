package io.github.camelakeeba.site;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;

/**
 * Every secret of this process, in each form that a text could carry it (plain, percent-encoded,
 * Base64, escaped for JSON or HTML), so that the last thing before an output can blot it out. The
 * one place that holds state for the whole process: a log line does not know whose secret it
 * carries.
 */
public final class KnownSecrets {
  /** So many characters of a form choose its bucket; with them nearly each form is alone in one. */
  private static final int HEAD = 4;

  /** So that no rest of a longer form stays behind. */
  private static final Comparator<String> LONGEST_FIRST =
      Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder());

  private static final Pattern ESCAPE = Pattern.compile("%[0-9A-F]{2}");
  private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();
  private static final Map<Long, Set<String>> FORMS = new ConcurrentHashMap<>();
  private static volatile boolean shortForms;

  private KnownSecrets() {}

  /** From here on this text is blotted out, in each form that it may have in a log. */
  public static void add(String value) {
    if (value.isEmpty() || !SEEN.add(value)) {
      return;
    }
    for (String form : forms(value)) {
      if (form.length() < HEAD) {
        shortForms = true;
      }
      FORMS
          .computeIfAbsent(
              head(form, 0, Math.min(HEAD, form.length())),
              head -> new ConcurrentSkipListSet<>(LONGEST_FIRST))
          .add(form);
    }
  }

  /**
   * The text with every known secret replaced by {@code ***}. The time grows with the text, hardly
   * with the number of secrets.
   */
  public static String mask(String text) {
    StringBuilder masked = null;
    int copied = 0;
    int from =
        -1; // the secret that is being read: its begin and, where others overlap it, their end
    int to = -1;
    for (int at = 0; at < text.length(); at++) {
      int end = at + longest(text, at);
      if (from >= 0 && at >= to && end == at) {
        masked = masked == null ? new StringBuilder(text.length()) : masked;
        masked.append(text, copied, from).append("***");
        copied = to;
        from = -1;
      }
      if (end > at) {
        from = from < 0 ? at : from;
        to = Math.max(to, end);
      }
    }
    if (from >= 0) {
      masked = masked == null ? new StringBuilder(text.length()) : masked;
      masked.append(text, copied, from).append("***");
      copied = to;
    }
    return masked == null ? text : masked.append(text, copied, text.length()).toString();
  }

  /** How long the longest secret is that begins here; 0 when none does. */
  private static int longest(String text, int at) {
    int most = Math.min(HEAD, text.length() - at);
    int least = shortForms ? 1 : HEAD;
    for (int length = most; length >= least; length--) {
      // a form shorter than the head has a bucket of its own length
      for (String form : FORMS.getOrDefault(head(text, at, length), Set.of())) {
        if (text.startsWith(form, at)) {
          return form.length();
        }
      }
    }
    return 0;
  }

  private static long head(String text, int at, int length) {
    long head = 0;
    for (int i = at; i < at + length; i++) {
      head = head << 16 | text.charAt(i);
    }
    return head;
  }

  private static Set<String> forms(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    String percent = URLEncoder.encode(value, StandardCharsets.UTF_8);
    String spaces = percent.replace("+", "%20");
    return new HashSet<>(
        List.of(
            value,
            percent,
            spaces,
            ESCAPE.matcher(spaces).replaceAll(escape -> escape.group().toLowerCase(Locale.ROOT)),
            Base64.getEncoder().encodeToString(bytes),
            Base64.getEncoder().withoutPadding().encodeToString(bytes),
            value.replace("\\", "\\\\").replace("\"", "\\\""),
            value
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;")));
  }
}
