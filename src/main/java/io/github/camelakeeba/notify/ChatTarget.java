package io.github.camelakeeba.notify;

import io.github.camelakeeba.site.Channel;
import io.github.camelakeeba.site.KnownSecrets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the messages for a chat go.
 *
 * @param address where they are posted
 * @param token sent as a bearer's, in clear, or null
 * @param facts what names the receiver within the payload: topic, chat
 */
record ChatTarget(ChatStyle style, HttpAddress address, String token, Map<String, String> facts) {

  /** A shorter topic is a word that may stand anywhere, and would be blotted out there. */
  private static final int SECRET_TOPIC = 12;

  static ChatTarget of(Channel.Chat chat) {
    ChatStyle style = ChatStyle.of(chat.type());
    HttpAddress address = HttpAddress.of(chat.url());
    String token = chat.token() == null ? null : chat.token().reveal();
    return switch (style) {
      case NTFY -> ntfy(address, token);
      case TELEGRAM ->
          new ChatTarget(
              style,
              address,
              null,
              chat.chat() == null || address.has("chat_id")
                  ? Map.of()
                  : Map.of("chat", chat.chat()));
      default -> new ChatTarget(style, address, null, Map.of());
    };
  }

  /** JSON is published at the server's root, and names the topic itself. */
  private static ChatTarget ntfy(HttpAddress address, String token) {
    String path = address.uri().getPath().replaceFirst("/+$", "");
    String topic = path.substring(path.lastIndexOf('/') + 1);
    if (topic.length() >= SECRET_TOPIC) {
      KnownSecrets.add(topic);
    }
    String raw = address.uri().getRawPath().replaceFirst("/+$", "");
    return new ChatTarget(
        ChatStyle.NTFY,
        address.withPath(raw.substring(0, raw.lastIndexOf('/') + 1)),
        token,
        Map.of("topic", topic));
  }

  HttpCall call(String channel, byte[] payload) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", HttpCall.JSON);
    String login = token == null ? address.login() : "Bearer " + token;
    if (login != null) {
      headers.put("Authorization", login);
    }
    return new HttpCall(style.type(), channel, address.clear(), headers, payload);
  }

  /** Names the chat alone: the rest is a credential. */
  @Override
  public String toString() {
    return style.name();
  }
}
