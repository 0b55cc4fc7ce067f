package io.github.camelakeeba.run;

import io.github.camelakeeba.Internal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The attributes of a CloudEvent in binary mode, which are headers beside its data: {@code ce-id}
 * over HTTP, {@code ce_id} over Kafka, {@code cloudEvents:id} or {@code cloudEvents_id} over AMQP
 * and JMS.
 */
@Internal
public final class CloudEventHeaders {
  private static final List<String> PREFIXES =
      List.of("ce-", "ce_", "cloudevents:", "cloudevents_");

  private CloudEventHeaders() {}

  /** Its source and id, which identify a CloudEvent; null: the headers are of none. */
  public static String requestId(Map<String, Object> headers) {
    String id = attribute(headers, "id");
    return id == null || id.isEmpty() || attribute(headers, "specversion") == null
        ? null
        : RequestId.ofEvent(attribute(headers, "source"), id);
  }

  private static String attribute(Map<String, Object> headers, String name) {
    for (Map.Entry<String, Object> header : headers.entrySet()) {
      String key = header.getKey().toLowerCase(Locale.ROOT);
      if (key.endsWith(name) && PREFIXES.contains(key.substring(0, key.length() - name.length()))) {
        return header.getValue() instanceof byte[] bytes
            ? new String(bytes, StandardCharsets.UTF_8) // a header of Kafka
            : header.getValue() instanceof String text ? text : null;
      }
    }
    return null;
  }
}
