package io.github.camelakeeba.notify.channel;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One POST to a channel.
 *
 * @param type the channel's type
 * @param channel the channel's name
 * @param address without user information, in clear: for the call only
 * @param headers in clear: for the call only
 * @param body the bytes as they are sent
 */
public record HttpDeliveryRequest(
    String type, String channel, String address, Map<String, String> headers, byte[] body) {

  /** JSON, with the character set that every JSON has: some servers take it for another. */
  static final String JSON_MEDIA_TYPE = "application/json; charset=UTF-8";

  /** Keeps a copy of the headers; their names differ in more than capitals. */
  public HttpDeliveryRequest {
    Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sorted.putAll(headers);
    headers = Collections.unmodifiableMap(sorted);
  }

  /** Names the channel alone: address, headers and body may hold a credential. */
  @Override
  public String toString() {
    return type + " " + channel;
  }
}
