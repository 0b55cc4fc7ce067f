package io.github.camelakeeba.notify.channel;

import io.github.camelakeeba.config.Channel;
import java.util.Map;
import java.util.TreeMap;

/** One POST to a channel. Address, headers and body may hold a credential: for the call only. */
public record HttpDeliveryRequest(
    String type, String channel, String address, Map<String, String> headers, byte[] body) {
  /** In UTF-8, with the credential of the URL; {@code headers} override the others. */
  static HttpDeliveryRequest of(
      Channel channel, SecretUrl url, String mediaType, Map<String, String> headers, byte[] body) {
    Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    all.put("Content-Type", mediaType + "; charset=UTF-8");
    if (url.authorization() != null) {
      all.put("Authorization", url.authorization());
    }
    all.putAll(headers);
    return new HttpDeliveryRequest(channel.type(), channel.name(), url.uri().toString(), all, body);
  }

  /** Names the channel alone. */
  @Override
  public String toString() {
    return type + " " + channel;
  }
}
