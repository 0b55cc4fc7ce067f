package io.github.camelakeeba.notify.channel;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.event.EventSource;
import io.github.camelakeeba.event.Notification;
import io.github.camelakeeba.exchange.IsolatedExchanges;
import io.github.camelakeeba.exchange.JvmErrors;
import io.github.camelakeeba.outbox.Delivery;
import io.github.camelakeeba.outbox.DeliveryException;
import io.github.camelakeeba.secret.EndpointCheck;
import io.github.camelakeeba.secret.EndpointSecrets;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.secret.UntrustedText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;

/** Sends messages to Camel endpoints. No text holds an endpoint's URI: it may carry a password. */
public final class CamelChannel {
  private final Map<String, Channel> channels;
  private final IsolatedExchanges exchanges;
  private final EventJson json = new EventJson();

  public CamelChannel(Map<String, Channel> channels, IsolatedExchanges exchanges) {
    this.channels = channels;
    this.exchanges = exchanges;
    follow();
  }

  /** From here on what the endpoints hold of secrets is masked. */
  public void follow() {
    channels.values().stream()
        .filter(Channel.Camel.class::isInstance)
        .forEach(one -> EndpointSecrets.register(((Channel.Camel) one).uri()));
  }

  /**
   * Sends the message on an exchange of its own: behind the endpoint may be a route of the user.
   * Throws {@link DeliveryException} with one line: the endpoint's own exception may hold its URI.
   */
  public void deliver(@Body Delivery delivery) {
    if (!(channels.get(delivery.channel()) instanceof Channel.Camel bus)) {
      throw new DeliveryException(
          "channel " + delivery.channel() + ": is not configured as a Camel endpoint any more");
    }
    Notification message = delivery.message();
    String uri = bus.uri().reveal();
    boolean binary = bus.format() == Channel.Camel.Format.BINARY;
    Map<String, Object> headers = attributes(message, binary ? attributePrefix(uri) : "ce_");
    headers.put(
        "Content-Type", binary ? message.datacontenttype() : Event.MEDIA_TYPE + "; charset=UTF-8");
    headers.putAll(bindingHeaders(message, uri));
    try {
      exchanges.deliver(uri, binary ? json.writeData(message) : json.write(message), headers);
    } catch (Exception e) {
      JvmErrors.rethrowJvmError(e);
      throw new DeliveryException("camel " + bus.name() + ": " + UntrustedText.rootCause(e));
    }
  }

  /** Of the binding of a protocol, in binary mode. */
  private static String attributePrefix(String uri) {
    if (uri.matches("(?s)(jms|amqp|sjms2?|activemq6?|artemis|simple-jms)[^:/]*:.*")) {
      return "cloudEvents_";
    }
    return uri.matches("(?s)https?:.*") ? "ce-" : "ce_";
  }

  public static Map<String, Object> attributes(Notification message) {
    Map<String, Object> headers = attributes(message, "ce_");
    headers.put("Content-Type", Event.MEDIA_TYPE + "; charset=UTF-8");
    return headers;
  }

  private static Map<String, Object> attributes(Notification message, String prefix) {
    Map<String, Object> headers = new LinkedHashMap<>();
    headers.put(prefix + "specversion", message.specversion());
    headers.put(prefix + "id", message.id());
    headers.put(prefix + "source", message.source());
    headers.put(prefix + "type", message.type());
    headers.put(prefix + "subject", message.subject());
    headers.put(prefix + "time", message.time().toString());
    if (message instanceof Event event && event.traceparent() != null) {
      headers.put(prefix + "traceparent", event.traceparent());
    }
    return headers;
  }

  private static Map<String, Object> bindingHeaders(Notification message, String uri) {
    Map<String, Object> headers = new LinkedHashMap<>();
    if (uri.startsWith("kafka:") && !uri.matches("(?s).*[?&]key=.*")) {
      // Kafka keeps what has one key in order
      headers.put(
          "CamelKafkaKey",
          message instanceof Event event ? event.data().site() : message.subject());
    }
    if (uri.matches("(?s)(file|ftps?|sftp):.*") && !uri.contains("fileName=")) {
      // the same name for each delivery of a message, and another one in another installation
      String name = message.id().replaceAll("[^A-Za-z0-9._@-]+", "-");
      headers.put("CamelFileName", name + "-" + EventSource.shortHash(message.source()) + ".json");
    }
    return headers;
  }

  /** Throws {@link ConfigurationException} when an endpoint can't be made; connects to nothing. */
  public static void checkEndpoints(CamelContext context, Configuration configuration) {
    Map<String, Secret> uris = new LinkedHashMap<>();
    for (Channel channel : configuration.channels().values()) {
      if (channel instanceof Channel.Camel bus) {
        uris.put("channels.%s.uri".formatted(bus.name()), bus.uri());
      }
    }
    checkEndpoints(context, uris);
  }

  public static void checkEndpoints(CamelContext context, Map<String, Secret> uris) {
    EndpointCheck endpoints = new EndpointCheck(context);
    List<String> problems = new ArrayList<>();
    uris.forEach(
        (key, uri) -> {
          String problem = endpoints.sentTo(uri);
          if (problem != null) {
            problems.add("config/sites.yaml: %s: %s".formatted(key, problem));
          }
        });
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }
}
