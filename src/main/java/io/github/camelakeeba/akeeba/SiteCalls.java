package io.github.camelakeeba.akeeba;

import io.github.camelakeeba.site.Endpoint;
import io.github.camelakeeba.site.Site;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Makes calls of a site's API: where they go, and with which credential. */
public final class SiteCalls {
  private final Connections connections;

  /** Over these connections. */
  public SiteCalls(Connections connections) {
    this.connections = connections;
  }

  /** A call; exactly one credential of Akeeba's goes out with it: protocol page, section 3. */
  public Call call(Site site, Endpoint endpoint, RequestBody body) {
    boolean token = endpoint.version() == Endpoint.Version.V3;
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
        connections.clientOf(site),
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
