package io.github.camelakeeba.notify.channel;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.event.Notification;
import io.github.camelakeeba.notify.text.ChatDialect;
import io.github.camelakeeba.notify.text.ChatModel;
import io.github.camelakeeba.notify.text.ChatText;
import io.github.camelakeeba.notify.text.Templates;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.secret.SecretMasker;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;

/** A chat: the JSON of its type's template, as long as the chat allows. */
final class ChatChannel implements HttpChannel {
  private static final int MIN_TEXT_LENGTH = 200;
  private static final int MIN_SECRET_TOPIC_LENGTH = 12; // a shorter one may be any word

  private final Channel.Chat chat;
  private final ChatDialect dialect;
  private final SecretUrl url;
  private final Map<String, String> receiver; // in the payload: topic, chat
  private final EventJson json;
  private final Templates templates;
  private final Function<Notification, ChatText> texts;

  ChatChannel(
      Channel.Chat chat,
      EventJson json,
      Templates templates,
      Function<Notification, ChatText> texts) {
    this.chat = chat;
    this.dialect = ChatDialect.of(chat.type());
    this.json = json;
    this.templates = templates;
    this.texts = texts;
    SecretUrl configured = SecretUrl.of(chat.url());
    if (dialect == ChatDialect.NTFY) {
      // JSON is published at the server's root, and names the topic itself
      String path = configured.uri().getPath().replaceFirst("/+$", "");
      String topic = path.substring(path.lastIndexOf('/') + 1);
      if (topic.length() >= MIN_SECRET_TOPIC_LENGTH) {
        SecretMasker.add(topic);
      }
      String raw = configured.uri().getRawPath().replaceFirst("/+$", "");
      SecretUrl root = configured.withPath(raw.substring(0, raw.lastIndexOf('/') + 1));
      Secret token = chat.token();
      url = token == null ? root : new SecretUrl(root.uri(), "Bearer " + token.reveal());
      receiver = Map.of("topic", topic);
    } else {
      url = configured;
      receiver =
          dialect != ChatDialect.TELEGRAM
                  || chat.chat() == null
                  || configured.hasParameter("chat_id")
              ? Map.of()
              : Map.of("chat", chat.chat());
    }
  }

  @Override
  public HttpDeliveryRequest toRequest(Notification message) {
    byte[] payload = payload(message).getBytes(StandardCharsets.UTF_8);
    return HttpDeliveryRequest.of(chat, url, "application/json", Map.of(), payload);
  }

  private String payload(Notification message) {
    ChatText text = texts.apply(message);
    Map<String, Object> event = json.toMap(message);
    int limit = dialect.limit();
    String payload = "";
    while (payload.isEmpty() || !dialect.accepts(payload) && limit > MIN_TEXT_LENGTH) {
      Map<String, Object> model =
          ChatModel.of(message, event, text, dialect.limiter(), limit, receiver);
      payload = templates.render(dialect.template(), model, json::jsonError);
      limit = limit / 2;
    }
    return payload;
  }
}
