package io.github.camelakeeba.notify.channel;

import io.github.camelakeeba.akeeba.http.NoRetryHttp;
import io.github.camelakeeba.event.SampleBackup;
import io.github.camelakeeba.outbox.Delivery;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** One file of {@code routes/} and those that it calls, running as they are shipped. */
public final class ShippedRoute implements AutoCloseable {
  /** The routes that do not stand alone in a file of their name. */
  private static final Map<String, List<String>> FILES =
      Map.of(
          "notify-chat", List.of("notify-chat", "notify-webhook"),
          "notify-healthchecks", List.of("notify-webhook"));

  private final CamelContext context = new DefaultCamelContext();
  private final String uri;

  public ShippedRoute(String name, Map<String, ?> beans) throws Exception {
    this.uri = "direct:backup-" + name;
    beans.forEach(context.getRegistry()::bind);
    context.addComponent(NoRetryHttp.SCHEME, NoRetryHttp.component());
    for (String file : FILES.getOrDefault(name, List.of(name))) {
      load(file);
    }
    context.start();
  }

  private void load(String name) throws Exception {
    PluginHelper.getRoutesLoader(context)
        .loadRoutes(ResourceHelper.resolveMandatoryResource(context, "file:" + file(name)));
  }

  private static Path file(String name) {
    return SampleBackup.PROJECT.resolve("routes/" + name + ".camel.yaml");
  }

  /** Sends the delivery in, with hostile headers as a trigger could have left them behind. */
  public Exchange send(Delivery delivery) {
    try (var template = context.createProducerTemplate()) {
      return template.request(
          uri,
          exchange -> {
            exchange.getMessage().setBody(delivery);
            exchange.getMessage().setHeader("cAmElHtTpUrI", "http://127.0.0.1:9/evil");
            exchange.getMessage().setHeader("CamelHttpMethod", "DELETE");
            exchange.getMessage().setHeader("X-Leak", "leak");
            exchange.getMessage().setHeader("mail.smtp.host", "evil.example.com");
            exchange.getMessage().setHeader("Reply-To", "evil@example.com");
          });
    } catch (java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }

  int endpoints() {
    return context.getEndpoints().size();
  }

  @Override
  public void close() {
    context.stop();
  }
}
