package io.github.camelakeeba.akeeba;

import io.github.camelakeeba.site.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * How the secret word of API v2 travels (protocol page, section 3): in a header, which keeps it out
 * of access logs, or, where a header cannot carry it, percent-encoded in the query.
 */
public record Credential(Secret secret) {
  /** The header's name. */
  public static final String HEADER = "X-Akeeba-Auth";

  private static final String PARAMETER = "_akeebaAuth";

  /** Whether every character is visible ASCII; a blank inside would not survive every proxy. */
  public boolean fitsHeader() {
    return secret.reveal().chars().allMatch(c -> c > 0x20 && c < 0x7F);
  }

  /** The header's value, or null when the secret goes in the query. Never to be logged. */
  public String header() {
    return fitsHeader() ? secret.reveal() : null;
  }

  /**
   * The address to call: the endpoint, with the secret in its query only where the header cannot
   * carry it. A credential that stands in the endpoint already is dropped: exactly one is sent.
   */
  public URI address(URI endpoint) {
    String query = endpoint.getRawQuery() == null ? "" : endpoint.getRawQuery();
    String kept =
        Arrays.stream(query.split("&"))
            .filter(part -> !part.isEmpty() && !part.split("=", 2)[0].equals(PARAMETER))
            .collect(Collectors.joining("&"));
    if (!fitsHeader()) {
      kept += (kept.isEmpty() ? "" : "&") + PARAMETER + "=" + encoded();
    }
    String whole = endpoint.toString();
    String place = whole.split("[?#]", 2)[0];
    return URI.create(kept.isEmpty() ? place : place + "?" + kept);
  }

  private String encoded() {
    return URLEncoder.encode(secret.reveal(), StandardCharsets.UTF_8).replace("+", "%20");
  }
}
