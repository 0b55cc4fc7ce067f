package io.github.camelakeeba.cli;

import io.github.camelakeeba.site.ConfigurationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.apache.camel.CamelContext;
import org.apache.camel.main.SSLConfigurationProperties;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.support.jsse.KeyStoreParameters;

/**
 * Camel's own keys {@code camel.ssl.*}: with a key store the API speaks TLS.
 *
 * @param store null: a certificate that Camel makes at each start
 */
record Tls(KeyStoreParameters store) {
  private static final String PREFIX = "camel.ssl.";

  /** Null: the API speaks without TLS. */
  static Tls of(CamelContext context) {
    SSLConfigurationProperties keys = new SSLConfigurationProperties(null);
    Map<String, Object> given = new HashMap<>();
    context
        .getPropertiesComponent()
        .loadProperties(key -> key.startsWith(PREFIX))
        .forEach((key, value) -> given.put(key.toString(), value));
    PropertyBindingSupport.build()
        .withCamelContext(context)
        .withTarget(keys)
        .withProperties(given)
        .withOptionPrefix(PREFIX)
        .withIgnoreCase(true)
        .bind();
    if (!keys.isEnabled() || keys.getKeyStore() == null) {
      return keys.isEnabled() && keys.isSelfSigned() ? new Tls(null) : null;
    }
    KeyStoreParameters store = new KeyStoreParameters();
    store.setCamelContext(context);
    store.setResource(keys.getKeyStore());
    store.setType(keys.getKeyStoreType());
    store.setProvider(keys.getKeyStoreProvider());
    store.setPassword(keys.getKeystorePassword());
    return new Tls(store);
  }

  /** What the web server speaks with, as Camel has made it of all its keys. */
  static SSLContext serving(CamelContext context) {
    try {
      return context.getSSLContextParameters().createSSLContext(context);
    } catch (Exception e) {
      throw wrong(e);
    }
  }

  /**
   * What a command beside a running serve speaks with: it trusts the certificates of that very key
   * store, whatever name they are for.
   */
  SSLContext calling() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      Pinned pinned = new Pinned(store == null ? null : store.createKeyStore());
      context.init(null, new TrustManager[] {pinned}, null);
      return context;
    } catch (Exception e) {
      throw wrong(e);
    }
  }

  private static ConfigurationException wrong(Exception cause) {
    ConfigurationException wrong =
        new ConfigurationException(
            List.of(
                "config/application.properties: camel.ssl.keyStore: the key store can't be used;"
                    + " check the file (file:/path/of/it), camel.ssl.keystorePassword and"
                    + " camel.ssl.keyStoreType"));
    wrong.initCause(cause);
    return wrong;
  }
}
