package io.github.camelakeeba.notify.channel;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.event.Notification;
import io.github.camelakeeba.notify.text.ChatDialect;
import io.github.camelakeeba.notify.text.ChatModel;
import io.github.camelakeeba.notify.text.ChatText;
import io.github.camelakeeba.notify.text.Templates;
import io.github.camelakeeba.outbox.Delivery;
import io.github.camelakeeba.outbox.DeliveryException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** What is posted to the chat of a delivery. */
public final class ChatChannel {
  /** A text that is cut to less says nothing. */
  private static final int MIN_TEXT_LENGTH = 200;

  private final Map<String, ChatTarget> targets = new LinkedHashMap<>();
  private final Templates templates;
  private final Function<Notification, ChatText> texts;
  private final EventJson json = new EventJson();

  /**
   * For the chats among these channels.
   *
   * @param home its {@code config/templates/} may override the template of each chat
   * @param texts what a chat shows of a message
   */
  public ChatChannel(
      Path home, Map<String, Channel> channels, Function<Notification, ChatText> texts) {
    this.templates = new Templates(home);
    this.texts = texts;
    for (Channel channel : channels.values()) {
      if (channel instanceof Channel.Chat chat) {
        targets.put(chat.name(), ChatTarget.of(chat));
      }
    }
  }

  /** The call; a {@link DeliveryException} when the channel is no (longer a) chat. */
  public HttpDeliveryRequest toRequest(Delivery delivery) {
    ChatTarget target = targets.get(delivery.channel());
    if (target == null) {
      throw new DeliveryException(
          "channel " + delivery.channel() + ": is not configured as a chat any more");
    }
    String payload = payload(target, delivery.message());
    return target.toRequest(delivery.channel(), payload.getBytes(StandardCharsets.UTF_8));
  }

  private String payload(ChatTarget target, Notification message) {
    ChatDialect style = target.dialect();
    ChatText text = texts.apply(message);
    Map<String, Object> event = json.toMap(message);
    int limit = style.limit();
    String payload = "";
    while (payload.isEmpty() || !style.accepts(payload) && limit > MIN_TEXT_LENGTH) {
      Map<String, Object> facts =
          ChatModel.of(message, event, text, style.limiter(), limit, target.receiver());
      payload = templates.render(style.template(), facts, json::jsonError);
      limit = limit / 2;
    }
    return payload;
  }
}
