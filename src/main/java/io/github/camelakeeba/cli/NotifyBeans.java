package io.github.camelakeeba.cli;

import io.github.camelakeeba.notify.Buses;
import io.github.camelakeeba.notify.ChatText;
import io.github.camelakeeba.notify.Chats;
import io.github.camelakeeba.notify.Healthchecks;
import io.github.camelakeeba.notify.Heartbeats;
import io.github.camelakeeba.notify.HttpPostClient;
import io.github.camelakeeba.notify.HttpPosts;
import io.github.camelakeeba.notify.Message;
import io.github.camelakeeba.notify.Webhooks;
import io.github.camelakeeba.site.Channel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.spi.Registry;

/** What the routes of the HTTP channels ask. */
final class NotifyBeans {
  private final Map<String, Object> beans = new LinkedHashMap<>();

  /**
   * For these channels.
   *
   * @param home its {@code config/templates/} may override the chats' templates
   * @param limit a call takes at most so long
   * @param texts what a chat shows of a message
   */
  NotifyBeans(
      Path home,
      Map<String, Channel> channels,
      Duration limit,
      Clock clock,
      Function<Message, ChatText> texts) {
    HttpPostClient client = new HttpPostClient(limit);
    beans.put("backup-http-post-client", client);
    beans.put("backup-http-post-pool", client.pool(channels.size()));
    beans.put("backup-http-posts", new HttpPosts(limit, clock));
    beans.put("backup-webhooks", new Webhooks(channels, clock));
    beans.put("backup-chats", new Chats(home, channels, texts));
    beans.put("backup-healthchecks", new Healthchecks(channels, texts));
    beans.put("backup-heartbeats", new Heartbeats());
    beans.put("backup-buses", new Buses(channels));
  }

  void bind(Registry registry) {
    beans.forEach(registry::bind);
  }
}
