package io.github.camelakeeba.service.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.camel.CamelContext;

/**
 * Where health and metrics are served: the keys {@code backup.observe.*}.
 *
 * @param enabled null: with the API, or at an address of their own where one is given
 * @param host null: that of the API
 * @param port null: that of the API
 */
public record ObserveSettings(Boolean enabled, String host, Integer port) {
  /** With the API, on its address. */
  public static final ObserveSettings WITH_API = new ObserveSettings(null, null, null);

  static ObserveSettings of(CamelContext context) {
    String enabled = Settings.text(context, "observe.enabled", "");
    if (!enabled.matches("(true|false)?")) {
      throw Settings.wrong(
          "observe.enabled", "must be true or false; leave it out for: with the API");
    }
    String host = Settings.text(context, "observe.host", "");
    if (!host.isEmpty()) {
      try {
        InetAddress.getByName(host);
      } catch (UnknownHostException e) {
        throw Settings.noSuchAddress("observe.host", e);
      }
    }
    boolean ported = !Settings.text(context, "observe.port", "").isEmpty();
    return new ObserveSettings(
        enabled.isEmpty() ? null : Boolean.valueOf(enabled),
        host.isEmpty() ? null : host,
        ported ? Settings.wholeNumber(context, "observe.port", 0, 0, 65_535) : null);
  }

  /**
   * Whether they are served.
   *
   * @param withApi whether the API is
   */
  public boolean served(boolean withApi) {
    return enabled == null ? withApi || host != null || port != null : enabled;
  }

  /** As {@link Settings.Api#checkHost}. */
  public void checkHost() {
    if (host != null && served(true)) {
      Settings.checkHost("observe.host", host);
    }
  }
}
