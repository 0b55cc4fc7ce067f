package io.github.camelakeeba.notify;

import io.github.camelakeeba.site.Channel;
import io.github.camelakeeba.site.ConfigurationException;
import io.github.camelakeeba.site.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.ExchangeException;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.Variable;

/**
 * The bean {@code buses}: what is sent to which Camel endpoint. No text of it ever holds the
 * endpoint's URI, which may carry a password.
 */
public final class Buses {
  private static final int LONGEST_REASON = 300;

  private final Map<String, Channel> channels;
  private final EventJson json = new EventJson();

  /**
   * One message to one endpoint.
   *
   * @param key for Kafka: of one site or channel all messages are kept in order; null: the URI's
   *     own
   * @param fileName for files: the same for each delivery; null: the URI's own, or no file at all
   */
  public record Call(
      String channel, Secret uri, Message message, String body, String key, String fileName) {
    /** The URI in clear, for the call itself only. */
    public String address() {
      return uri.reveal();
    }
  }

  /** For the channels of the type camel among these. */
  public Buses(Map<String, Channel> channels) {
    this.channels = channels;
    channels.values().stream()
        .filter(Channel.Camel.class::isInstance)
        .forEach(one -> EndpointSecrets.know(((Channel.Camel) one).uri()));
  }

  /** The call; a {@link DeliveryException} when the channel is not (any more) of this type. */
  public Call of(Delivery delivery) {
    if (!(channels.get(delivery.channel()) instanceof Channel.Camel bus)) {
      throw new DeliveryException(
          "channel " + delivery.channel() + ": is not configured as a Camel endpoint any more");
    }
    Message message = delivery.message();
    String uri = bus.uri().reveal();
    return new Call(
        bus.name(),
        bus.uri(),
        message,
        json.write(message),
        uri.matches("kafka:.*[?&]key=.*") ? null : message.source(),
        uri.matches("(file|ftps?|sftp):.*") && !uri.contains("fileName=") ? file(message) : null);
  }

  private static String file(Message message) {
    return message.id().replaceAll("[^A-Za-z0-9._@-]+", "-") + ".json";
  }

  /** Fails with a reason of one line: the endpoint's own exception often carries its URI. */
  public void failed(@Variable("call") Call call, @ExchangeException Throwable cause) {
    throw new DeliveryException("camel " + call.channel() + ": " + reason(cause));
  }

  private static String reason(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String text = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    return ServerText.oneLine(text, LONGEST_REASON);
  }

  /** Throws {@link ConfigurationException} when an endpoint can't be made; connects to nothing. */
  public void check(CamelContext context) {
    List<String> problems = new ArrayList<>();
    for (Channel channel : channels.values()) {
      if (channel instanceof Channel.Camel bus) {
        try {
          context.getEndpoint(bus.uri().reveal());
        } catch (RuntimeException e) {
          problems.add(
              "config/sites.yaml: channels.%s.uri: %s".formatted(bus.name(), refusal(bus, e)));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  private static String refusal(Channel.Camel bus, RuntimeException thrown) {
    String scheme = bus.uri().reveal().replaceFirst(":.*", "");
    String reason = reason(thrown).replace(bus.uri().reveal(), "***");
    return thrown instanceof NoSuchEndpointException
        ? "there is no component '%s'; put its jar, and those that it needs, into lib/"
            .formatted(scheme)
        : "is no endpoint that can be made: " + reason;
  }
}
