package io.github.camelakeeba.service.settings;

import io.github.camelakeeba.config.ConfigurationException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;

/**
 * Camel's own keys {@code camel.ssl.*}: with a key store the API speaks TLS.
 *
 * @param store null: a certificate that Camel makes at each start
 */
public record TlsSettings(KeyStoreParameters store) {
  private static final String PREFIX = "camel.ssl.";

  /** Null: the API speaks without TLS. */
  static TlsSettings of(CamelContext context) {
    Map<String, String> keys = new HashMap<>();
    Properties given =
        context.getPropertiesComponent().loadProperties(key -> key.startsWith(PREFIX));
    for (String key : given.stringPropertyNames()) { // Camel's own map; its forEach finds nothing
      String value = context.resolvePropertyPlaceholders(given.getProperty(key));
      // Camel accepts key-store for keyStore
      String name = key.substring(PREFIX.length()).replace("-", "").toLowerCase(Locale.ROOT);
      keys.put(name, value.strip());
    }
    String file = keys.get("keystore");
    if (!Boolean.parseBoolean(keys.get("enabled"))) {
      return null;
    }
    if (file == null) {
      return Boolean.parseBoolean(keys.get("selfsigned")) ? new TlsSettings(null) : null;
    }
    KeyStoreParameters store = new KeyStoreParameters();
    store.setCamelContext(context);
    store.setResource(file);
    store.setType(keys.get("keystoretype"));
    store.setProvider(keys.get("keystoreprovider"));
    store.setPassword(keys.get("keystorepassword"));
    return new TlsSettings(store);
  }

  /** For the web server, as Camel has made it of all its keys; null: without TLS. */
  public static SSLContext serverContext(CamelContext context) {
    SSLContextParameters made = context.getSSLContextParameters();
    try {
      return made == null || made.getKeyManagers() == null ? null : made.createSSLContext(context);
    } catch (Exception e) {
      throw wrong(e);
    }
  }

  /** For a command beside a serve: trusts the certificates of its key store, by any name. */
  public SSLContext clientContext() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      PinnedTrustManager pinned =
          new PinnedTrustManager(store == null ? null : store.createKeyStore());
      context.init(null, new TrustManager[] {pinned}, null);
      return context;
    } catch (Exception e) {
      throw wrong(e);
    }
  }

  private static ConfigurationException wrong(Exception cause) {
    ConfigurationException wrong =
        new ConfigurationException(
            "config/application.properties: camel.ssl.keyStore: the key store can't be used;"
                + " check the file (file:/path/of/it), camel.ssl.keystorePassword and"
                + " camel.ssl.keyStoreType");
    wrong.initCause(cause);
    return wrong;
  }
}
