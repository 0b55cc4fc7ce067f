package io.github.camelakeeba.notify;

import io.github.camelakeeba.site.Channel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The bean {@code chats}: what is posted to the chat of a delivery. */
public final class Chats {
  /** A text that is cut to less says nothing. */
  private static final int LEAST = 200;

  private final Map<String, ChatTarget> targets = new LinkedHashMap<>();
  private final Templates templates;
  private final Function<Message, ChatText> texts;
  private final EventJson json = new EventJson();

  /**
   * For the chats among these channels.
   *
   * @param home its {@code config/templates/} may override the template of each chat
   * @param texts what a chat shows of a message
   */
  public Chats(Path home, Map<String, Channel> channels, Function<Message, ChatText> texts) {
    this.templates = new Templates(home);
    this.texts = texts;
    for (Channel channel : channels.values()) {
      if (channel instanceof Channel.Chat chat) {
        targets.put(chat.name(), ChatTarget.of(chat));
      }
    }
  }

  /** The call; a {@link DeliveryException} when the channel is no (longer a) chat. */
  public HttpCall of(Delivery delivery) {
    ChatTarget target = targets.get(delivery.channel());
    if (target == null) {
      throw new DeliveryException(
          "channel " + delivery.channel() + ": is not configured as a chat any more");
    }
    String payload = payload(target, delivery.message());
    return target.call(delivery.channel(), payload.getBytes(StandardCharsets.UTF_8));
  }

  private String payload(ChatTarget target, Message message) {
    ChatStyle style = target.style();
    ChatText text = texts.apply(message);
    Map<String, Object> event = json.tree(message);
    int limit = style.limit();
    String payload = "";
    while (payload.isEmpty() || !style.takes(payload) && limit > LEAST) {
      Map<String, Object> facts =
          ChatFacts.of(message, event, text, style.fitting(), limit, target.facts());
      payload = templates.render(style.template(), facts, json::fault);
      limit = limit / 2;
    }
    return payload;
  }
}
