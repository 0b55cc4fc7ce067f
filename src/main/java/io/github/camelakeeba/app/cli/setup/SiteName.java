package io.github.camelakeeba.app.cli.setup;

import java.net.IDN;
import java.net.URI;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of sites: what may be one, and what would be a good one. */
final class SiteName {
  static final String ALLOWED =
      "a name has letters a to z, digits, dot, dash and underscore, at most 64";
  private static final int MAX_LENGTH = 64;
  // as in sites.schema.json
  private static final Pattern LEGAL = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,64}");

  private SiteName() {}

  static boolean isLegal(String name) {
    return LEGAL.matcher(name).matches();
  }

  /** The text as a name: "Müller's bakery" is {@code mullers-bakery}; "" where nothing is left. */
  static String slug(String text) {
    String letters =
        Normalizer.normalize(text.replace("ß", "ss"), Normalizer.Form.NFD)
            .replaceAll("\\p{M}+|['’`]", "")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9._-]+", "-");
    return trimmed(letters.substring(0, Math.min(letters.length(), MAX_LENGTH)));
  }

  private static String trimmed(String name) {
    return name.replaceAll("^[._-]+|[._-]+$", "");
  }

  /** The first label of the host but {@code www}, else the whole host, else that with a number. */
  static String ofAddress(URI url, Set<String> taken) {
    String host = IDN.toUnicode(url.getHost()).replaceFirst("(?i)^www\\.(?=.+\\.)", "");
    boolean number = host.matches("[0-9.]+|\\[.*");
    String name = slug(number ? host : host.replaceFirst("\\..*", ""));
    if (!name.isEmpty() && !taken.contains(name)) {
      return name;
    }
    String whole = slug(host);
    return free(whole.isEmpty() ? "site" : whole, taken);
  }

  /** The name, or the first of {@code name-2}, {@code name-3} and so on that is not taken. */
  static String free(String name, Set<String> taken) {
    String free = name;
    for (int i = 2; taken.contains(free); i++) {
      String ending = "-" + i;
      free = name.substring(0, Math.min(name.length(), MAX_LENGTH - ending.length())) + ending;
    }
    return free;
  }
}
