package io.github.camelakeeba.product;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Secrets in every form in which a text could tell them. */
final class SecretSpellings {
  private static final Pattern ESCAPE = Pattern.compile("%[0-9A-F]{2}");

  /** By their first two characters: a log at TRACE has some hundred thousand lines to search. */
  private final Map<Integer, List<Form>> forms = new HashMap<>();

  private final BitSet begins = new BitSet(1 << 16);

  /** One way to write one secret. */
  record Form(String secret, String way, String text) {
    @Override
    public String toString() {
      return secret + " (" + way + ")";
    }
  }

  /** The secrets by a name for each. */
  SecretSpellings(Map<String, String> secrets) {
    secrets.forEach(this::add);
  }

  private void add(String name, String value) {
    String percent = URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    put(new Form(name, "plain", value));
    put(new Form(name, "percent", percent));
    put(
        new Form(
            name,
            "percent, lower case",
            ESCAPE.matcher(percent).replaceAll(hit -> hit.group().toLowerCase(Locale.ROOT))));
    put(new Form(name, "plus", percent.replace("%20", "+")));
    put(new Form(name, "Base64", Base64.getEncoder().withoutPadding().encodeToString(bytes)));
    put(
        new Form(
            name,
            "Base64 for URLs",
            Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)));
  }

  private void put(Form form) {
    int key = key(form.text(), 0);
    begins.set(key);
    forms.computeIfAbsent(key, none -> new ArrayList<>()).add(form);
  }

  private static int key(String text, int at) {
    return (text.charAt(at) * 31 + text.charAt(at + 1)) & 0xFFFF;
  }

  /** Those that the text tells. */
  List<Form> in(String text) {
    Set<Form> found = new LinkedHashSet<>();
    for (int at = 0; at < text.length() - 1; at++) {
      int key = key(text, at);
      if (begins.get(key)) {
        for (Form form : forms.get(key)) {
          if (text.startsWith(form.text(), at)) {
            found.add(form);
          }
        }
      }
    }
    return List.copyOf(found);
  }
}
