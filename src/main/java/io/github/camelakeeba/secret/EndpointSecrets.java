package io.github.camelakeeba.secret;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parts of an endpoint's URI that must never be printed. */
public final class EndpointSecrets {
  private static final Pattern PARAMETER =
      Pattern.compile(
          "[?&]([^=&]*(?:password|passphrase|secret|token|credential|jaas|apikey|accesskey)[^=&]*)=(RAW\\((.*?)\\)|RAW\\{(.*?)}|[^&]*)(?=&|$)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern USER_INFO = Pattern.compile("//[^/?@:]*:([^/?]*)@");

  private EndpointSecrets() {}

  /** From here on these parts are masked of every text. */
  public static void register(Secret uri) {
    Matcher parameter = PARAMETER.matcher(uri.reveal());
    while (parameter.find()) {
      String raw = parameter.group(3) != null ? parameter.group(3) : parameter.group(4);
      registerValue(raw != null ? raw : decoded(parameter.group(2)));
    }
    Matcher user = USER_INFO.matcher(uri.reveal());
    while (user.find()) {
      registerValue(decoded(user.group(1)));
    }
  }

  private static void registerValue(String value) {
    if (!value.isBlank() && !value.startsWith("#")) {
      SecretMasker.add(value.strip());
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
