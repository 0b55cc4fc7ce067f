package io.github.camelakeeba.site;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Every secret of this process, in each form that a text could carry it (plain, percent-encoded,
 * Base64), so that the last thing before an output can blot it out. The one place that holds state
 * for the whole process: a log line does not know whose secret it carries.
 */
public final class KnownSecrets {
  private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();
  private static final List<String> FORMS = new CopyOnWriteArrayList<>();

  private KnownSecrets() {}

  static synchronized void add(String value) {
    if (!SEEN.add(value)) {
      return;
    }
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    String percent = URLEncoder.encode(value, StandardCharsets.UTF_8);
    for (String form :
        Set.of(
            value,
            percent,
            percent.replace("+", "%20"),
            percent.toLowerCase(java.util.Locale.ROOT),
            Base64.getEncoder().encodeToString(bytes),
            Base64.getEncoder().withoutPadding().encodeToString(bytes))) {
      FORMS.add(form);
    }
    // the longest first, so that no rest of a longer form stays behind
    FORMS.sort(Comparator.comparingInt(String::length).reversed());
  }

  /** The text with every known secret replaced by {@code ***}. */
  public static String mask(String text) {
    String masked = text;
    for (String form : FORMS) {
      if (masked.contains(form)) {
        masked = masked.replace(form, "***");
      }
    }
    return masked;
  }
}
