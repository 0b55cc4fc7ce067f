package io.github.camelakeeba.service.settings;

import io.github.camelakeeba.rest.Caller;
import io.github.camelakeeba.secret.Secret;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;

/**
 * Who may call the HTTP API.
 *
 * @param hosts further names of this service, in small letters, without a port
 */
public record ApiAccess(ApiTokens tokens, Set<String> hosts, TrustedProxies proxies) {
  /** For nobody. */
  public static final ApiAccess NOBODY =
      new ApiAccess(ApiTokens.NONE, Set.of(), TrustedProxies.NONE);

  private static final Pattern HOST = Pattern.compile("[a-z0-9._-]{1,253}|\\[[0-9a-f:.]+]");

  static ApiAccess of(CamelContext context) {
    Set<String> hosts = new LinkedHashSet<>();
    for (String part : Settings.text(context, "api.hosts", "").split(",")) {
      String host = part.strip().toLowerCase(Locale.ROOT);
      if (host.isEmpty()) {
        continue;
      }
      if (!HOST.matcher(host).matches()) {
        throw Settings.wrong(
            "api.hosts",
            "must list names such as backup.example.com, separated by commas; no address with a"
                + " port or a path, no *");
      }
      hosts.add(host);
    }
    return new ApiAccess(ApiTokens.of(context), hosts, TrustedProxies.of(context));
  }

  /** For nobody but this caller, whatever the keys say. */
  public static ApiAccess only(Caller caller, Secret token) {
    return new ApiAccess(ApiTokens.of(caller, token), Set.of(), TrustedProxies.NONE);
  }
}
