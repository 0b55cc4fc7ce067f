package io.github.camelakeeba.service;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.event.Notification;
import io.github.camelakeeba.exchange.IsolatedExchanges;
import io.github.camelakeeba.notify.channel.CamelChannel;
import io.github.camelakeeba.notify.channel.HttpChannels;
import io.github.camelakeeba.notify.channel.HttpDelivery;
import io.github.camelakeeba.notify.channel.HttpDeliveryClient;
import io.github.camelakeeba.notify.text.ChatText;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.spi.Registry;

/** What the routes of the HTTP channels ask. */
final class NotifyModule {
  static final String HTTP_DELIVERY_CLIENT = "backup-http-delivery-client"; // configures it
  static final String HTTP_DELIVERY_POOL = "backup-http-delivery-pool"; // its connections
  static final String HTTP_DELIVERY = "backup-http-delivery"; // what a response means
  static final String HTTP_CHANNELS = "backup-http-channels"; // makes the request of a message
  static final String CAMEL_CHANNEL = "backup-camel-channel"; // sends a message to a Camel endpoint

  private final Map<String, Object> beans = new LinkedHashMap<>();

  /**
   * For these channels.
   *
   * @param home its {@code config/templates/} may override the chats' templates
   * @param limit a call takes at most so long
   * @param texts what a chat shows of a message
   * @param exchanges on which messages reach Camel endpoints
   */
  NotifyModule(
      Path home,
      Map<String, Channel> channels,
      Duration limit,
      Clock clock,
      Function<Notification, ChatText> texts,
      IsolatedExchanges exchanges) {
    HttpDeliveryClient client = new HttpDeliveryClient(limit);
    beans.put(HTTP_DELIVERY_CLIENT, client);
    beans.put(HTTP_DELIVERY_POOL, client.connectionPool(channels.size()));
    beans.put(HTTP_DELIVERY, new HttpDelivery(limit, clock));
    beans.put(HTTP_CHANNELS, new HttpChannels(home, channels, clock, texts));
    beans.put(CAMEL_CHANNEL, new CamelChannel(channels, exchanges));
  }

  void bind(Registry registry) {
    beans.forEach(registry::bind);
  }
}
