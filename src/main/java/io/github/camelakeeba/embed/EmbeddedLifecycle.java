package io.github.camelakeeba.embed;

import static java.util.regex.Matcher.quoteReplacement;

import io.github.camelakeeba.Internal;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.service.Service;
import io.github.camelakeeba.service.settings.Settings;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.VetoCamelContextStartException;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The product in a host's Camel context: it stops when the host does, in the right order. */
@Internal
public final class EmbeddedLifecycle extends LifecycleStrategySupport {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedLifecycle.class);

  private Service service;
  private boolean stopped;

  private EmbeddedLifecycle() {}

  public static boolean isInstalled(CamelContext context) {
    return context.getLifecycleStrategies().stream().anyMatch(EmbeddedLifecycle.class::isInstance);
  }

  /**
   * Once the host has all its components, beans and routes; its start then throws a {@link
   * ConfigurationException} with every problem of our configuration, and nothing is left open.
   */
  public static void install(CamelContext context) {
    context.addLifecycleStrategy(new EmbeddedLifecycle());
  }

  @Override
  public void onContextInitializing(CamelContext context) throws VetoCamelContextStartException {
    if (stopped) {
      throw new VetoCamelContextStartException(
          "camel-akeeba-backup has closed its store with this Camel context; make a new context",
          context);
    }
    String sites = Settings.text(context, "sites", "");
    try {
      HostSettings settings = HostSettings.of(context);
      service = Service.embed(context, settings.home(), settings.plan(context));
    } catch (ConfigurationException e) {
      throw asHostProblem(e, sites);
    } catch (Exception e) {
      throw RuntimeCamelException.wrapRuntimeException(e);
    }
    service.templateProblems().forEach(LOG::warn);
  }

  /** A host has its properties in a file of its own, and no folder for jars. */
  private static ConfigurationException asHostProblem(ConfigurationException thrown, String sites) {
    UnaryOperator<String> rename =
        problem ->
            problem
                .replaceFirst("^config/application[.]properties: ", "")
                .replaceFirst("^config/sites[.]yaml: ", quoteReplacement(sites + ": "))
                .replaceFirst(" into lib/$", " on the class path");
    ConfigurationException renamed =
        new ConfigurationException(thrown.problems().stream().map(rename).toList());
    renamed.initCause(thrown);
    return renamed;
  }

  @Override
  public void onContextStopping(CamelContext context) {
    if (service == null || stopped) {
      return;
    }
    try {
      service.quiesce();
    } catch (Exception e) {
      LOG.warn("the schedules could not be put to rest", e);
    }
    if (!context.isStarted() && !context.isSuspended()) {
      shutDown(); // Camel does not stop what failed to start
    }
  }

  @Override
  public void onContextStopped(CamelContext context) {
    if (service != null && !stopped) {
      shutDown();
    }
  }

  private void shutDown() {
    stopped = true;
    service.shutDown();
  }
}
