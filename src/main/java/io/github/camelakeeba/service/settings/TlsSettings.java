package io.github.camelakeeba.service.settings;

import io.github.camelakeeba.config.ConfigurationException;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;

/** Camel's own keys {@code camel.ssl.*}: with a key store the API speaks TLS. */
public final class TlsSettings {
  private TlsSettings() {}

  /** For the web server, as Camel has made it of all its keys; null: without TLS. */
  public static SSLContext serverContext(CamelContext context) {
    SSLContextParameters made = context.getSSLContextParameters();
    try {
      return made == null || made.getKeyManagers() == null ? null : made.createSSLContext(context);
    } catch (Exception e) {
      ConfigurationException wrong =
          new ConfigurationException(
              "config/application.properties: camel.ssl.keyStore: the key store can't be used;"
                  + " check the file (file:/path/of/it), camel.ssl.keystorePassword and"
                  + " camel.ssl.keyStoreType");
      wrong.initCause(e);
      throw wrong;
    }
  }
}
