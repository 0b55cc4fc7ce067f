package io.github.camelakeeba.cli;

import static java.util.regex.Matcher.quoteReplacement;

import io.github.camelakeeba.site.ConfigurationException;
import java.util.Collection;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.VetoCamelContextStartException;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.support.PluginHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The product in somebody else's Camel context: it stops when the host does, in the right order.
 */
public final class Guest extends LifecycleStrategySupport {
  private static final Logger LOG = LoggerFactory.getLogger(Guest.class);
  private static final String ROUTES = "classpath:camel-akeeba-backup/routes/*.camel.yaml";

  private Service service;
  private boolean left;

  private Guest() {}

  /** Whether it is in this context already. */
  public static boolean in(CamelContext context) {
    return context.getLifecycleStrategies().stream().anyMatch(Guest.class::isInstance);
  }

  /**
   * Puts it there, once the host has all its components, beans and routes: its start throws a
   * {@link ConfigurationException} with every problem of our configuration, and nothing is left
   * open then.
   */
  public static void enter(CamelContext context) {
    context.addLifecycleStrategy(new Guest());
  }

  @Override
  public void onContextInitializing(CamelContext context) throws VetoCamelContextStartException {
    if (left) {
      throw new VetoCamelContextStartException(
          "camel-akeeba-backup has closed its store with this Camel context; make a new context",
          context);
    }
    String sites = Settings.text(context, "sites", "");
    try {
      HostSettings settings = HostSettings.of(context);
      service = Service.embed(context, settings.home(), settings.plan(context), routes(context));
    } catch (ConfigurationException e) {
      throw ofHost(e, sites);
    } catch (Exception e) {
      throw RuntimeCamelException.wrapRuntimeException(e);
    }
    service
        .beans()
        .texts()
        .problems(service.configuration().channels().values())
        .forEach(LOG::warn);
  }

  /** A host's properties are in no file that we know of, and it has no folder for jars. */
  private static ConfigurationException ofHost(ConfigurationException thrown, String sites) {
    ConfigurationException named =
        new ConfigurationException(
            thrown.problems().stream()
                .map(problem -> problem.replaceFirst("^config/application[.]properties: ", ""))
                .map(
                    problem ->
                        problem
                            .replaceFirst("^config/sites[.]yaml: ", quoteReplacement(sites + ": "))
                            .replaceFirst(" into lib/$", " on the class path"))
                .toList());
    named.initCause(thrown);
    return named;
  }

  /** All but those of the HTTP API and its pages: a guest opens no door. */
  private static Collection<Resource> routes(CamelContext context) throws Exception {
    Collection<Resource> routes =
        PluginHelper.getPackageScanResourceResolver(context).findResources(ROUTES).stream()
            .filter(route -> !route.getLocation().matches(".*/(api|observe)[a-z-]*[.]camel[.]yaml"))
            .toList();
    if (routes.isEmpty()) {
      throw new IllegalStateException(
          "the routes of camel-akeeba-backup are not on the class path");
    }
    return routes;
  }

  @Override
  public void onContextStopping(CamelContext context) {
    if (service == null || left) {
      return;
    }
    try {
      service.rest();
    } catch (Exception e) {
      LOG.warn("the schedules could not be put to rest", e);
    }
    if (!context.isStarted() && !context.isSuspended()) {
      leave(); // Camel does not stop what failed to start
    }
  }

  @Override
  public void onContextStopped(CamelContext context) {
    if (service != null && !left) {
      leave();
    }
  }

  private void leave() {
    left = true;
    service.leave();
  }
}
