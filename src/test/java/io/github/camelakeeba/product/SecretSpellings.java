package io.github.camelakeeba.product;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Secrets in every form in which a text could tell them. */
final class SecretSpellings {
  private static final Pattern ESCAPE = Pattern.compile("%[0-9A-F]{2}");

  private final List<Form> forms = new ArrayList<>();

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
    forms.add(new Form(name, "plain", value));
    forms.add(new Form(name, "percent", percent));
    forms.add(
        new Form(
            name,
            "percent, lower case",
            ESCAPE.matcher(percent).replaceAll(hit -> hit.group().toLowerCase(Locale.ROOT))));
    forms.add(new Form(name, "plus", percent.replace("%20", "+")));
    forms.add(new Form(name, "Base64", Base64.getEncoder().withoutPadding().encodeToString(bytes)));
    forms.add(
        new Form(
            name,
            "Base64 for URLs",
            Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)));
  }

  /** Those that the text tells. */
  List<Form> in(String text) {
    return forms.stream().filter(form -> text.contains(form.text())).toList();
  }
}
