package io.github.camelakeeba.akeeba.http;

import io.github.camelakeeba.secret.Secret;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the secret word of API v2 is sent: in a header, which keeps it out of access logs, or, where
 * a header cannot carry it, percent-encoded in the query.
 */
public record Credential(Secret secret) {
  public static final String HEADER = "X-Akeeba-Auth";
  private static final String PARAMETER = "_akeebaAuth";

  /** Whether every character is visible ASCII; a blank inside would not survive every proxy. */
  public boolean fitsHeader() {
    String word = secret.reveal();
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) <= 0x20 || word.charAt(i) >= 0x7F) {
        return false;
      }
    }
    return true;
  }

  /** The header's value, or null when the secret goes in the query. Never to be logged. */
  public String header() {
    return fitsHeader() ? secret.reveal() : null;
  }

  /** The endpoint with no credential in its query but, where the header can't carry it, ours. */
  public URI address(URI endpoint) {
    boolean plain = endpoint.getRawFragment() == null && !endpoint.toString().contains(PARAMETER);
    if (plain && fitsHeader()) {
      return endpoint;
    }
    return address(
        endpoint,
        fitsHeader()
            ? ""
            : PARAMETER
                + "="
                + URLEncoder.encode(secret.reveal(), StandardCharsets.UTF_8).replace("+", "%20"));
  }

  /** Where a redirect led to, with the secret of the query before: not every one keeps it. */
  public static URI carriedOver(URI before, URI redirected) {
    String secret = parameters(before).filter(Credential::secret).findFirst().orElse("");
    return secret.isEmpty() ? redirected : address(redirected, secret);
  }

  public static URI withoutSecret(URI address) {
    return address(address, "");
  }

  private static URI address(URI endpoint, String secret) {
    String query =
        Stream.concat(
                parameters(endpoint).filter(each -> !secret(each)),
                secret.isEmpty() ? Stream.empty() : Stream.of(secret))
            .collect(Collectors.joining("&"));
    String path = endpoint.toString().split("[?#]", 2)[0];
    return URI.create(query.isEmpty() ? path : path + "?" + query);
  }

  private static Stream<String> parameters(URI address) {
    String query = address.getRawQuery() == null ? "" : address.getRawQuery();
    return Arrays.stream(query.split("&")).filter(each -> !each.isEmpty());
  }

  private static boolean secret(String parameter) {
    return parameter.split("=", 2)[0].equals(PARAMETER);
  }
}
