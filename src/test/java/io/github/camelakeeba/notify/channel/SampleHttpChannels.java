package io.github.camelakeeba.notify.channel;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.config.SignatureSettings;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.Notification;
import io.github.camelakeeba.event.SampleBackup;
import io.github.camelakeeba.notify.text.ChatText;
import io.github.camelakeeba.outbox.Delivery;
import io.github.camelakeeba.secret.Secret;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A channel of each type that speaks HTTP; each of their credentials holds {@link #MARK}. */
public final class SampleHttpChannels {
  public static final String MARK = "T0PS3CR3T";
  static final List<String> TYPES =
      List.of(
          "slack", "mattermost", "discord", "teams", "telegram", "ntfy", "webhook", "healthchecks");
  public static final List<String> CHATS = TYPES.subList(0, 6);

  private SampleHttpChannels() {}

  /** A new one each time: what was masked is forgotten after each class of tests. */
  public static Secret signingKey() {
    return new Secret(MARK + "-signing-key");
  }

  public static Channel channel(String type, String server) {
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
              new SignatureSettings(SignatureSettings.Form.BOTH, signingKey(), null),
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

  public static ShippedRoute route(Channel channel, Duration limit) throws Exception {
    return new ShippedRoute(
        "notify-" + channel.route(), beans(SampleBackup.channels(channel), limit));
  }

  static Map<String, Object> beans(Map<String, Channel> channels, Duration limit) {
    return beans(channels, limit, Path.of("no-home"), SampleHttpChannels::text);
  }

  public static Map<String, Object> beans(
      Map<String, Channel> channels,
      Duration limit,
      Path home,
      Function<Notification, ChatText> texts) {
    Clock clock = Clock.fixed(SampleBackup.END, ZoneOffset.UTC);
    HttpDeliveryClient client = new HttpDeliveryClient(limit);
    Map<String, Object> beans = new HashMap<>();
    beans.put("backup-http-delivery-client", client);
    beans.put("backup-http-delivery-pool", client.connectionPool(channels.size()));
    beans.put("backup-http-delivery", new HttpDelivery(limit, clock));
    beans.put("backup-http-channels", new HttpChannels(home, channels, clock, texts));
    return beans;
  }

  /** Short, as a chat might show it. */
  public static ChatText text(Notification message) {
    if (!(message instanceof Event event)) {
      return new ChatText("about " + message.subject(), message.type());
    }
    Event.Data data = event.data();
    return new ChatText(
        "[" + data.state() + "] " + data.site(),
        data.error() == null ? "all is well" : data.error().message());
  }

  public static Delivery delivery(Notification message) {
    return new Delivery(1, "to", message, 0);
  }
}
