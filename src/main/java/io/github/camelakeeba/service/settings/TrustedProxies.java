package io.github.camelakeeba.service.settings;

import io.github.camelakeeba.rest.Caller.Scope;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;

/**
 * Proxies that have found out who calls, and say so.
 *
 * @param ranges where they are; empty: there are none
 * @param userHeader the header that holds the name of who calls; null: none
 * @param scope what everybody may whom they name
 */
public record TrustedProxies(List<AddressRange> ranges, String userHeader, Scope scope) {
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,64}");
  private static final Pattern OTHERS =
      Pattern.compile(
          "(?i)authorization|cookie|host|origin|content-.*|sec-.*|x-forwarded-(for|host|proto)");

  static final TrustedProxies NONE = new TrustedProxies(List.of(), null, Scope.READ);

  static TrustedProxies of(CamelContext context) {
    List<AddressRange> ranges = new ArrayList<>();
    for (String part : Settings.text(context, "api.trustedProxies", "").split(",")) {
      if (part.isBlank()) {
        continue;
      }
      try {
        ranges.add(AddressRange.of(part.strip()));
      } catch (IllegalArgumentException e) {
        throw Settings.wrong(
            "api.trustedProxies",
            "must list addresses or networks such as 127.0.0.1, 10.0.0.0/8, separated by commas; no"
                + " names",
            e);
      }
    }
    String header = Settings.text(context, "api.trustedUserHeader", "");
    if (!header.isEmpty() && ranges.isEmpty()) {
      throw Settings.wrong(
          "api.trustedUserHeader",
          "is believed of nobody; name the addresses of the proxies that set it in"
              + " backup.api.trustedProxies");
    }
    if (!header.isEmpty()
        && (!HEADER.matcher(header).matches() || OTHERS.matcher(header).matches())) {
      throw Settings.wrong(
          "api.trustedUserHeader", "must be the name of a header such as X-Forwarded-User");
    }
    return new TrustedProxies(
        List.copyOf(ranges),
        header.isEmpty() ? null : header,
        ApiTokens.scope("api.trustedScope", Settings.text(context, "api.trustedScope", "read")));
  }

  public boolean contains(InetAddress address) {
    return ranges.stream().anyMatch(range -> range.contains(address));
  }
}
