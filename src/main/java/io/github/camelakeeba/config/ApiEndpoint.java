package io.github.camelakeeba.config;

import io.github.camelakeeba.Internal;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The JSON API of a site; {@code url} has no credential, and in v3 no method at its end. */
@Internal
public record ApiEndpoint(URI url, AkeebaProduct product, Version version) {
  private static final Pattern APPLICATION =
      Pattern.compile("(.*/api(?:/index\\.php)?/(v2|v3)/akeebabackup)(?:/[A-Za-z]*)?");
  private static final Set<String> OPTIONS = Set.of("", "com_akeebabackup", "com_akeeba");

  public enum Version {
    /** With the secret word. */
    V2,
    /** Joomla's own, with the token of a user. */
    V3;

    /** As users write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The endpoint that this address is, or null: only exact endpoints are. */
  static ApiEndpoint of(URI address) {
    Map<String, String> query = query(address);
    if (isApiV1(query)) {
      return null;
    }
    String path = address.getRawPath();
    Matcher application = APPLICATION.matcher(path);
    if (application.matches()) {
      Version version = "v3".equals(application.group(2)) ? Version.V3 : Version.V2;
      String url = address.getScheme() + "://" + address.getRawAuthority() + application.group(1);
      return new ApiEndpoint(URI.create(url), AkeebaProduct.JOOMLA, version);
    }
    if (path.endsWith("/remote.php")) {
      return new ApiEndpoint(address, AkeebaProduct.SOLO, Version.V2);
    }
    if (path.endsWith("/admin-ajax.php")) {
      return "akeebabackup_api".equals(query.get("action"))
          ? new ApiEndpoint(address, AkeebaProduct.WORDPRESS, Version.V2)
          : null;
    }
    String option = query.getOrDefault("option", "");
    if (!"api".equalsIgnoreCase(query.get("view")) || !OPTIONS.contains(option)) {
      return null;
    }
    return new ApiEndpoint(
        address, option.isEmpty() ? AkeebaProduct.SOLO : AkeebaProduct.JOOMLA, Version.V2);
  }

  /** Whether an address with this query is one of API v1, of before 2020. */
  static boolean isApiV1(Map<String, String> query) {
    return "json".equalsIgnoreCase(query.get("view"))
        && OPTIONS.contains(query.getOrDefault("option", ""));
  }

  public URI address(String method) {
    return version == Version.V3 ? URI.create(url + "/" + method) : url;
  }

  /** The endpoint that a call of this method was redirected to; this one where that is unknown. */
  public ApiEndpoint redirectedTo(URI called, String method) {
    String url = called.toString();
    if (version == Version.V3 && !url.endsWith("/" + method)) {
      return this;
    }
    int end = version == Version.V3 ? url.lastIndexOf('/') : url.length();
    return new ApiEndpoint(URI.create(url.substring(0, end)), product, version);
  }

  static Map<String, String> query(URI address) {
    Map<String, String> query = new TreeMap<>();
    String raw = address.getRawQuery() == null ? "" : address.getRawQuery();
    for (String pair : raw.split("&")) {
      String[] parts = pair.split("=", 2);
      query.put(
          decoded(parts[0]).toLowerCase(Locale.ROOT), parts.length < 2 ? "" : decoded(parts[1]));
    }
    return query;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // a lone percent sign is itself
    }
  }
}
