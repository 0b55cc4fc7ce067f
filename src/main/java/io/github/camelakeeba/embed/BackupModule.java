package io.github.camelakeeba.embed;

import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.spi.CamelContextCustomizer;
import org.apache.camel.support.service.BaseService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts backups into a Camel context: its routes run there, and its settings are the context's
 * properties {@code backup.*}. A bean of this class is enough in Camel Main and in Camel Spring
 * Boot; in plain Java call {@link #configure} before the context starts. It opens no port, adds no
 * shutdown hook, and writes no file that the properties do not name.
 */
public final class BackupModule implements CamelContextCustomizer, CamelContextAware {
  private static final Logger LOG = LoggerFactory.getLogger(BackupModule.class);

  private CamelContext context;

  /** What is to be put into a context by {@link #configure}. */
  public BackupModule() {}

  /**
   * The context gets routes, beans and the store when it starts; then it throws a {@link
   * io.github.camelakeeba.config.ConfigurationException} when something is wrong with the settings
   * or with sites.yaml. A second call for a context does nothing. Throws {@link
   * IllegalStateException} when the context has started.
   */
  @Override
  public void configure(CamelContext host) {
    if (host.getLifecycleStrategies().stream().anyMatch(EmbeddedLifecycle.class::isInstance)) {
      LOG.debug("camel-akeeba-backup is in {} already", host.getName());
      return;
    }
    if (host instanceof BaseService service && !service.isNew() && !service.isBuild()) {
      throw new IllegalStateException(
          "camel-akeeba-backup must be configured before the Camel context starts");
    }
    host.addLifecycleStrategy(new EmbeddedLifecycle());
  }

  /** A bean that Camel Main makes from its properties comes too late for customizers. */
  @Override
  public void setCamelContext(CamelContext host) {
    context = host;
    configure(host);
  }

  @Override
  public CamelContext getCamelContext() {
    return context;
  }
}
