package io.github.camelakeeba.akeeba.http;

import io.github.camelakeeba.akeeba.Call;
import io.github.camelakeeba.config.ApiEndpoint;
import io.github.camelakeeba.config.Site;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Makes calls of a site's API: where they go, and with which credential. */
public final class CallFactory {
  private final SiteHttpClients connections;

  /** Over these connections. */
  public CallFactory(SiteHttpClients connections) {
    this.connections = connections;
  }

  /** A call; exactly one credential of Akeeba's goes out with it: protocol page, section 3. */
  public Call call(Site site, ApiEndpoint endpoint, RequestBody body) {
    boolean token = endpoint.version() == ApiEndpoint.Version.V3;
    Credential secret = token ? null : new Credential(site.secret());
    URI url = endpoint.address(body.method());
    return new Call(
        body.method(),
        "POST",
        site.url(),
        token ? url : secret.address(url),
        body.encoded(),
        endpoint,
        token ? null : secret.header(),
        token ? site.token().reveal() : null,
        site.basicAuth() == null ? null : basic(site.basicAuth().reveal()),
        connections.clientName(site),
        site.stepTimeout(),
        0,
        null,
        null,
        false);
  }

  private static String basic(String userAndPassword) {
    byte[] bytes = userAndPassword.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }
}
