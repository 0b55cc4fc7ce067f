package io.github.camelakeeba.simulator.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads {@code application/x-www-form-urlencoded} text; the last of equal names wins, as in PHP.
 */
final class FormDecoder {
  private FormDecoder() {}

  /** Pairs in the order sent; broken percent signs are taken as they are. */
  static Map<String, String> decode(String text) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : text.split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        pairs.put(plain(name), equals < 0 ? "" : plain(pair.substring(equals + 1)));
      }
    }
    return Collections.unmodifiableMap(pairs);
  }

  private static String plain(String encoded) {
    try {
      return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      return encoded;
    }
  }
}
