package io.github.camelakeeba.secret;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/** The forms that PHP, JavaScript and Java give a secret in what they write. */
final class SecretEncodings {
  private static final int MIN_BASE64 = 6; // less occurs in many texts by chance
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final Pattern ESCAPE = Pattern.compile("%[0-9A-F]{2}");
  private static final Pattern UNICODE = Pattern.compile("\\\\u[0-9a-f]{4}");

  private SecretEncodings() {}

  /** All of them, the secret itself among them. */
  static Set<String> of(String value) {
    Set<String> forms = new LinkedHashSet<>(List.of(value));
    forms.addAll(json(value));
    forms.addAll(html(value));
    forms.add(value.replace("\\", "\\\\").replace("'", "\\'").replace("\"", "\\\"")); // addslashes
    Set<String> percent = percent(value);
    forms.addAll(percent);
    percent.forEach(once -> forms.add(once.replace("%", "%25")));
    for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
      forms.addAll(base64(value, encoder));
    }
    return forms;
  }

  /** PHP's json_encode with and without its flags, JSON.stringify. */
  private static Set<String> json(String value) {
    Set<String> forms = new HashSet<>();
    String quoted = value.replace("\\", "\\\\").replace("\"", "\\\"");
    for (String slashes : List.of(quoted, quoted.replace("/", "\\/"))) {
      forms.add(slashes);
      for (IntPredicate rare :
          List.<IntPredicate>of(c -> c > 126, c -> c > 126 || "<>&'".indexOf(c) >= 0)) {
        String escaped = unicode(slashes, rare);
        forms.add(escaped);
        forms.add(
            UNICODE
                .matcher(escaped)
                .replaceAll(hit -> "\\\\u" + hit.group().substring(2).toUpperCase(Locale.ROOT)));
      }
    }
    return forms;
  }

  private static String unicode(String text, IntPredicate rare) {
    StringBuilder escaped = new StringBuilder();
    for (char c : text.toCharArray()) {
      escaped.append(rare.test(c) ? String.format(Locale.ROOT, "\\u%04x", (int) c) : c);
    }
    return escaped.toString();
  }

  /** PHP's htmlspecialchars with and without single quotes, and other writers of HTML. */
  private static Set<String> html(String value) {
    String tags = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    Set<String> forms = new HashSet<>(List.of(tags));
    for (String quote : List.of("&quot;", "&#34;", "&#034;")) {
      String quoted = tags.replace("\"", quote);
      for (String single : List.of("'", "&#039;", "&#39;", "&apos;", "&#x27;")) {
        forms.add(quoted.replace("'", single));
      }
    }
    return forms;
  }

  /** rawurlencode, urlencode, encodeURIComponent, encodeURI, Java's URLEncoder; both cases. */
  private static Set<String> percent(String value) {
    Set<String> forms = new HashSet<>();
    String raw =
        URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
    for (String kept : List.of("", "~", "~*", "~!*'()", "*", "~!*'();,/?:@&=+$#")) {
      String form = raw;
      for (char c : kept.toCharArray()) {
        form = form.replace("%" + HEX.toHexDigits((byte) c), String.valueOf(c));
      }
      forms.add(form);
      forms.add(form.replace("%20", "+"));
    }
    for (String form : List.copyOf(forms)) {
      forms.add(ESCAPE.matcher(form).replaceAll(hit -> hit.group().toLowerCase(Locale.ROOT)));
    }
    return forms;
  }

  /** Alone, and the part that is the same wherever it occurs, such as {@code user:secret}. */
  private static Set<String> base64(String value, Base64.Encoder encoder) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    Set<String> forms = new HashSet<>();
    forms.add(encoder.encodeToString(bytes));
    for (int before = 0; before < 3; before++) {
      byte[] shifted = new byte[before + bytes.length];
      System.arraycopy(bytes, 0, shifted, before, bytes.length);
      Arrays.fill(shifted, 0, before, (byte) 0);
      String encoded = encoder.withoutPadding().encodeToString(shifted);
      // six bits a character: one that holds bits of a neighbour depends on that
      int from = (before * 8 + 5) / 6;
      int to = shifted.length * 8 / 6;
      if (to - from >= MIN_BASE64) {
        forms.add(encoded.substring(from, to));
      }
    }
    return forms;
  }
}
