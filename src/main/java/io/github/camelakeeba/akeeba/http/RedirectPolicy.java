package io.github.camelakeeba.akeeba.http;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.secret.UntrustedText;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Redirects that a credential may follow: within the same site, never from https to http. */
public final class RedirectPolicy {
  static final int MAX_REDIRECTS = 20;

  /**
   * @param site the address that the credential belongs to; every redirect is measured by it, so
   *     that a chain cannot lead away in small steps
   * @param location the Location header as it came, or null
   * @param count redirects of this call, with this one, from 1
   * @return the absolute address, without user information and fragment
   * @throws AkeebaException of kind configuration, naming both ends, when it must not be followed
   */
  public URI follow(URI site, URI from, String location, int count) {
    if (location == null || location.isBlank()) {
      throw rejected(from, "", "no address is given");
    }
    URI target = resolved(from, location.strip());
    if (count > MAX_REDIRECTS) {
      throw rejected(
          from,
          withoutCredentials(target),
          "after " + MAX_REDIRECTS + " redirects it is taken for a circle");
    }
    check(site, from, target);
    return target;
  }

  /** Why a redirect with HTTP 303, which drops what a call says, is not followed. */
  public AkeebaException lossyRedirect(String method, URI from, URI target) {
    return rejected(
        from,
        withoutCredentials(target),
        "with HTTP 303 what %s says would be lost on the way".formatted(method));
  }

  private static void check(URI site, URI from, URI target) {
    String scheme = target.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw rejected(from, withoutCredentials(target), "only http and https are followed");
    }
    if (scheme.equals("http") && (https(from) || https(site))) {
      throw rejected(from, withoutCredentials(target), "the secret must not leave https");
    }
    if (!SameSitePolicy.of(site).isSameOwnerAs(SameSitePolicy.of(target))) {
      throw rejected(from, withoutCredentials(target), "the secret must not reach another site");
    }
    if (port(site) != port(target) && !(isDefaultPort(site) && isDefaultPort(target))) {
      throw rejected(from, withoutCredentials(target), "the secret must not reach another port");
    }
  }

  private static URI resolved(URI from, String location) {
    try {
      URI target = absolute(from, location.replace(" ", "%20"));
      if (target.getScheme() == null || target.getHost() == null) {
        throw rejected(from, withoutCredentials(location), "this is not an address");
      }
      String port = target.getPort() < 0 ? "" : ":" + target.getPort();
      String path =
          target.getRawPath() == null || target.getRawPath().isEmpty() ? "/" : target.getRawPath();
      String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
      return new URI(target.getScheme() + "://" + target.getHost() + port + path + query);
    } catch (URISyntaxException e) {
      throw rejected(from, withoutCredentials(location), "this is not an address");
    }
  }

  private static URI absolute(URI from, String location) throws URISyntaxException {
    // java.net.URI drops the last segment of the path here, unlike every browser
    boolean queryOnly = location.startsWith("?");
    return from.resolve(new URI(queryOnly ? from.getRawPath() + location : location));
  }

  private static boolean https(URI address) {
    return "https".equalsIgnoreCase(address.getScheme());
  }

  private static boolean isDefaultPort(URI address) {
    return port(address) == (https(address) ? 443 : 80);
  }

  private static int port(URI address) {
    return address.getPort() >= 0 ? address.getPort() : https(address) ? 443 : 80;
  }

  private static AkeebaException rejected(URI from, String target, String why) {
    return new AkeebaException(
        ErrorKind.CONFIGURATION,
        "The redirect from %s to %s is not followed: %s. Write the site's final address into its url."
            .formatted(withoutCredentials(from), target.isEmpty() ? "nowhere" : target, why));
  }

  private static String withoutCredentials(URI address) {
    return withoutCredentials(address.toString());
  }

  /** Without query, fragment and user information: they may hold the secret. */
  private static String withoutCredentials(String address) {
    String place = address.split("[?#]", 2)[0].replaceFirst("^([^/]*//)[^/]*@", "$1");
    return UntrustedText.withoutMarkup(place, 200);
  }
}
