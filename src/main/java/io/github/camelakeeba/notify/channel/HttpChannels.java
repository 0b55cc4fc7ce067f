package io.github.camelakeeba.notify.channel;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.event.Notification;
import io.github.camelakeeba.notify.text.ChatText;
import io.github.camelakeeba.notify.text.Templates;
import io.github.camelakeeba.outbox.Delivery;
import io.github.camelakeeba.outbox.DeliveryException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Makes the HTTP request of a delivery to a webhook, a chat or a check. */
public final class HttpChannels {
  private final Map<String, Channel> configured;
  private final Map<String, Made> made = new ConcurrentHashMap<>();
  private final EventJson json = new EventJson();
  private final Templates templates;
  private final Clock clock;
  private final Function<Notification, ChatText> texts;

  private record Made(Channel of, HttpChannel channel) {}

  /** Throws {@link ConfigurationException} when the template of a webhook does not work. */
  public HttpChannels(
      Path home,
      Map<String, Channel> configured,
      Clock clock,
      Function<Notification, ChatText> texts) {
    this.configured = configured;
    this.templates = new Templates(home);
    this.clock = clock;
    this.texts = texts;
    configured.keySet().forEach(this::channel);
  }

  /** Throws {@link ConfigurationException} as the constructor does; nothing is kept. */
  public void check(Map<String, Channel> next) {
    next.values().forEach(this::make);
  }

  /** As it is configured now; null where there is none that speaks HTTP. */
  private HttpChannel channel(String name) {
    Channel now = configured.get(name);
    if (now == null) {
      made.remove(name);
      return null;
    }
    Made known = made.get(name);
    if (known == null || known.of != now) {
      known = new Made(now, make(now));
      made.put(name, known);
    }
    return known.channel;
  }

  private HttpChannel make(Channel channel) {
    if (channel instanceof Channel.Webhook webhook) {
      return new WebhookChannel(webhook, json, clock);
    } else if (channel instanceof Channel.Chat chat) {
      return new ChatChannel(chat, json, templates, texts);
    } else if (channel instanceof Channel.Healthchecks check) {
      return new HealthchecksChannel(check, texts);
    }
    return null;
  }

  public HttpDeliveryRequest toRequest(Delivery delivery) {
    HttpChannel channel = channel(delivery.channel());
    if (channel == null) {
      throw new DeliveryException(
          "channel %s: is not configured as a webhook, chat or check any more"
              .formatted(delivery.channel()));
    }
    return channel.toRequest(delivery.message());
  }

  public HttpDeliveryRequest heartbeatRequest(String check) {
    if (channel(check) instanceof HealthchecksChannel pinged) {
      return pinged.heartbeatRequest();
    }
    throw new DeliveryException(
        "channel %s: is not configured as a check any more".formatted(check));
  }
}
