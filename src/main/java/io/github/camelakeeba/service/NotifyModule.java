package io.github.camelakeeba.service;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.event.Notification;
import io.github.camelakeeba.exchange.IsolatedExchanges;
import io.github.camelakeeba.notify.OnChange;
import io.github.camelakeeba.notify.channel.CamelChannel;
import io.github.camelakeeba.notify.channel.ChatChannel;
import io.github.camelakeeba.notify.channel.HealthchecksChannel;
import io.github.camelakeeba.notify.channel.HttpDelivery;
import io.github.camelakeeba.notify.channel.HttpDeliveryClient;
import io.github.camelakeeba.notify.channel.WebhookChannel;
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
    beans.put("backup-http-delivery-client", client);
    beans.put("backup-http-delivery-pool", client.connectionPool(channels.size()));
    beans.put("backup-http-delivery", new HttpDelivery(limit, clock));
    beans.put("backup-webhook-channel", new WebhookChannel(channels, clock));
    beans.put("backup-chat-channel", new ChatChannel(home, channels, texts));
    beans.put("backup-healthchecks-channel", new HealthchecksChannel(channels, texts));
    beans.put("backup-on-change", new OnChange());
    beans.put("backup-camel-channel", new CamelChannel(channels, exchanges));
  }

  void bind(Registry registry) {
    beans.forEach(registry::bind);
  }
}
