package io.github.camelakeeba.service;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.Configuration.Heartbeat;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.model.Model;

/** Adds routes by templates as they are configured, and excludes those that a plan has not. */
final class ConfiguredRoutes {
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
      TemplatedRouteBuilder.builder(context, "backup-dispatch")
          .routeId("backup-dispatch-" + channel.name())
          .parameter("channel", channel.name())
          .parameter("route", channel.route())
          .add();
    }
  }

  void addHeartbeat() throws Exception {
    Heartbeat heartbeat = configuration.heartbeat();
    if (heartbeat != null) {
      TemplatedRouteBuilder.builder(context, "backup-heartbeat")
          .routeId("backup-heartbeat-" + heartbeat.channel())
          .parameter("channel", heartbeat.channel())
          .parameter("every", heartbeat.every().toMillis())
          .add();
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
