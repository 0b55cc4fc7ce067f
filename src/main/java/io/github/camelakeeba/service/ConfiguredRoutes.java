package io.github.camelakeeba.service;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.Configuration.Heartbeat;
import io.github.camelakeeba.config.Trigger;
import io.github.camelakeeba.trigger.TriggerRoutes;
import io.github.camelakeeba.trigger.TriggerSupervisor;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.model.Model;

/** Adds routes by templates as they are configured, and excludes those that a plan has not. */
final class ConfiguredRoutes {
  /** For a message or a delivery in progress; what is not done by then is interrupted. */
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  private final CamelContext context;
  private final Model model;
  private final Configuration configuration;

  ConfiguredRoutes(CamelContext context, Configuration configuration) {
    this.context = context;
    this.model = context.getCamelContextExtension().getContextPlugin(Model.class);
    this.configuration = configuration;
  }

  void addDispatchers() throws Exception {
    for (Channel channel : configuration.channels().values()) {
      addDispatcher(channel);
    }
  }

  private void addDispatcher(Channel channel) throws Exception {
    TemplatedRouteBuilder.builder(context, "backup-dispatch")
        .routeId(dispatcher(channel))
        .parameter("channel", channel.name())
        .parameter("route", channel.route())
        .add();
  }

  private static String dispatcher(Channel channel) {
    return "backup-dispatch-" + channel.name();
  }

  private static String heartbeat(Heartbeat heartbeat) {
    return "backup-heartbeat-" + heartbeat.channel();
  }

  void addHeartbeat() throws Exception {
    Heartbeat heartbeat = configuration.heartbeat();
    if (heartbeat != null) {
      TemplatedRouteBuilder.builder(context, "backup-heartbeat")
          .routeId(heartbeat(heartbeat))
          .parameter("channel", heartbeat.channel())
          .parameter("every", heartbeat.every().toMillis())
          .add();
    }
  }

  /** Before a reload: stops what the next configuration has not, or otherwise; gracefully. */
  void stopChanged(Configuration next) throws Exception {
    for (Channel channel : configuration.channels().values()) {
      if (!hasDispatcher(next, channel)) {
        remove(dispatcher(channel));
      }
    }
    if (configuration.heartbeat() != null && !configuration.heartbeat().equals(next.heartbeat())) {
      remove(heartbeat(configuration.heartbeat()));
    }
    Set<String> unchanged = TriggerModule.unchanged(configuration, next);
    for (Trigger trigger : configuration.triggers()) {
      if (trigger.enabled() && !unchanged.contains(trigger.name())) {
        remove(TriggerSupervisor.routeId(trigger.name()));
        remove(TriggerRoutes.replyRouteId(trigger.name()));
      }
    }
  }

  /**
   * After a reload: adds what is not there, since it was stopped, is new, or could not be added by
   * a reload before.
   */
  void addMissing(boolean heartbeat) throws Exception {
    for (Channel channel : configuration.channels().values()) {
      if (context.getRoute(dispatcher(channel)) == null) {
        addDispatcher(channel);
      }
    }
    Heartbeat beat = configuration.heartbeat();
    if (heartbeat && beat != null && context.getRoute(heartbeat(beat)) == null) {
      addHeartbeat();
    }
    new TriggerRoutes(context, configuration.triggers())
        .add(
            configuration.triggers().stream()
                .filter(
                    trigger -> context.getRoute(TriggerSupervisor.routeId(trigger.name())) == null)
                .toList());
  }

  private static boolean hasDispatcher(Configuration configuration, Channel channel) {
    Channel other = configuration.channels().get(channel.name());
    return other != null && other.route().equals(channel.route());
  }

  private void remove(String route) throws Exception {
    if (context.getRoute(route) != null) {
      context.getRouteController().stopRoute(route, STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
      if (!context.removeRoute(route)) {
        throw new IllegalStateException("the route %s can't be taken out".formatted(route));
      }
    }
  }

  /** Commands that read, or try something, change nothing by themselves. */
  void excludeTimers() {
    model.getRouteDefinitions().stream()
        .filter(route -> route.getEndpointUrl().matches("(scheduler|timer):.*"))
        .forEach(route -> route.autoStartup(false));
  }

  void exclude(String route) {
    model.getRouteDefinition(route).autoStartup(false);
  }
}
