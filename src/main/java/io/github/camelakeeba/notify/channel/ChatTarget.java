package io.github.camelakeeba.notify.channel;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.notify.text.ChatDialect;
import io.github.camelakeeba.secret.SecretMasker;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the messages for a chat go.
 *
 * @param address where they are posted
 * @param token sent as a bearer's, in clear, or null
 * @param receiver what names the receiver within the payload: topic, chat
 */
record ChatTarget(
    ChatDialect dialect, SecretUrl address, String token, Map<String, String> receiver) {

  /** A shorter topic is a word that may stand anywhere, and would be blotted out there. */
  private static final int MIN_SECRET_TOPIC_LENGTH = 12;

  static ChatTarget of(Channel.Chat chat) {
    ChatDialect style = ChatDialect.of(chat.type());
    SecretUrl address = SecretUrl.of(chat.url());
    String token = chat.token() == null ? null : chat.token().reveal();
    return switch (style) {
      case NTFY -> ntfy(address, token);
      case TELEGRAM ->
          new ChatTarget(
              style,
              address,
              null,
              chat.chat() == null || address.hasParameter("chat_id")
                  ? Map.of()
                  : Map.of("chat", chat.chat()));
      default -> new ChatTarget(style, address, null, Map.of());
    };
  }

  /** JSON is published at the server's root, and names the topic itself. */
  private static ChatTarget ntfy(SecretUrl address, String token) {
    String path = address.uri().getPath().replaceFirst("/+$", "");
    String topic = path.substring(path.lastIndexOf('/') + 1);
    if (topic.length() >= MIN_SECRET_TOPIC_LENGTH) {
      SecretMasker.add(topic);
    }
    String raw = address.uri().getRawPath().replaceFirst("/+$", "");
    return new ChatTarget(
        ChatDialect.NTFY,
        address.withPath(raw.substring(0, raw.lastIndexOf('/') + 1)),
        token,
        Map.of("topic", topic));
  }

  HttpDeliveryRequest toRequest(String channel, byte[] payload) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", HttpDeliveryRequest.JSON_MEDIA_TYPE);
    String login = token == null ? address.authorization() : "Bearer " + token;
    if (login != null) {
      headers.put("Authorization", login);
    }
    return new HttpDeliveryRequest(dialect.type(), channel, address.reveal(), headers, payload);
  }

  /** Names the chat alone: the rest is a credential. */
  @Override
  public String toString() {
    return dialect.name();
  }
}
