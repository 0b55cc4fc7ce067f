package io.github.camelakeeba.notify;

import io.github.camelakeeba.site.Channel;
import io.github.camelakeeba.site.Secret;
import io.github.camelakeeba.site.Signing;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A channel of each type that speaks HTTP; each of their credentials holds {@link #MARK}. */
final class Receivers {
  static final String MARK = "T0PS3CR3T";
  static final List<String> TYPES =
      List.of(
          "slack", "mattermost", "discord", "teams", "telegram", "ntfy", "webhook", "healthchecks");
  static final List<String> CHATS = TYPES.subList(0, 6);
  static final Secret SIGNING_KEY = new Secret(MARK + "-signing-key");

  private Receivers() {}

  static Channel channel(String type, String server) {
    return switch (type) {
      case "slack" -> chat(type, server + "/services/T0/B0/T0PS3CR3T-slack-0123", null, null);
      case "mattermost" -> chat(type, server + "/hooks/T0PS3CR3T-mattermost-0123", null, null);
      case "discord" -> chat(type, server + "/api/webhooks/1/T0PS3CR3T-discord-0123", null, null);
      case "teams" -> chat(type, server + "/invoke?v=1&sig=T0PS3CR3T-teams-0123", null, null);
      case "telegram" ->
          chat(type, server + "/bot12:T0PS3CR3T-telegram-0123/sendMessage", "-100123", null);
      case "ntfy" -> chat(type, server + "/T0PS3CR3T-topic-0123", null, MARK + "-token-0123");
      case "webhook" ->
          new Channel.Webhook(
              "to",
              new Secret(server + "/in/T0PS3CR3T-hook-0123"),
              new Signing(Signing.Form.BOTH, SIGNING_KEY, null),
              Map.of("X-Api-Key", new Secret(MARK + "-header")),
              null);
      case "healthchecks" ->
          new Channel.Healthchecks(
              "to",
              new Secret(server + "/T0PS3CR3T-check-0123"),
              Channel.Healthchecks.Ping.SUCCESS);
      default -> throw new IllegalArgumentException(type);
    };
  }

  private static Channel chat(String type, String url, String chat, String token) {
    return new Channel.Chat(
        "to", type, new Secret(url), chat, token == null ? null : new Secret(token));
  }

  static ShippedRoute route(Channel channel, Duration limit) throws Exception {
    return new ShippedRoute("notify-" + channel.route(), beans(Sample.channels(channel), limit));
  }

  static Map<String, Object> beans(Map<String, Channel> channels, Duration limit) {
    return beans(channels, limit, Path.of("no-home"), Receivers::text);
  }

  static Map<String, Object> beans(
      Map<String, Channel> channels, Duration limit, Path home, Function<Message, ChatText> texts) {
    Clock clock = Clock.fixed(Sample.END, ZoneOffset.UTC);
    HttpPostClient client = new HttpPostClient(limit);
    Map<String, Object> beans = new HashMap<>();
    beans.put("backup-http-post-client", client);
    beans.put("backup-http-post-pool", client.pool(channels.size()));
    beans.put("backup-http-posts", new HttpPosts(limit, clock));
    beans.put("backup-chats", new Chats(home, channels, texts));
    beans.put("backup-webhooks", new Webhooks(channels, clock));
    beans.put("backup-healthchecks", new Healthchecks(channels, texts));
    beans.put("backup-heartbeats", new Heartbeats());
    return beans;
  }

  /** Short, as a chat might show it. */
  static ChatText text(Message message) {
    if (!(message instanceof Event event)) {
      return new ChatText("about " + message.subject(), message.type());
    }
    Event.Data data = event.data();
    return new ChatText(
        "[" + data.state() + "] " + data.site(),
        data.error() == null ? "all is well" : data.error().message());
  }

  static Delivery delivery(Message message) {
    return new Delivery(1, "to", message, 0);
  }
}
