package io.github.camelakeeba.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.github.camelakeeba.Internal;
import io.github.camelakeeba.secret.UntrustedText;
import java.time.Instant;
import java.util.Map;

/** An event as CloudEvents structured JSON, in both directions. Safe for use by many threads. */
@Internal
public final class EventJson {
  private final JsonMapper mapper =
      JsonMapper.builder()
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, new ToStringSerializer(Instant.class))
                  .addDeserializer(Instant.class, new Iso8601()))
          // an outbox row may come from a newer version, or go back to an older one
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();
  private final ObjectReader strict =
      mapper.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** The mapper itself, for other JSON of the product: instants are ISO 8601. */
  public JsonMapper mapper() {
    return mapper;
  }

  /** One line of JSON; instants in ISO 8601, UTC. */
  public String write(Notification message) {
    return write(message, message);
  }

  public String writeData(Notification message) {
    return write(message, message.data());
  }

  private String write(Notification message, Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("event " + message.id() + " cannot be written as JSON", e);
    }
  }

  public Map<String, Object> toMap(Notification message) {
    return mapper.convertValue(message, new TypeReference<>() {});
  }

  /** Why this text is no JSON object or list, or null when it is one. */
  public String jsonError(String text) {
    try {
      return strict.readTree(text).isContainerNode() ? null : "makes no JSON object";
    } catch (JsonProcessingException e) {
      long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      return "makes no JSON: line %s of it: %s"
          .formatted(line, UntrustedText.oneLine(e.getOriginalMessage(), 200));
    }
  }

  public Event read(String json) {
    return read(json, Event.class);
  }

  /** The event, the report or the notice of this JSON, by its type word. */
  public Notification readNotification(String json) {
    return isOf(ParkedNotice.TYPE, json)
        ? read(json, ParkedNotice.class)
        : isOf(Report.TYPE, json) ? read(json, Report.class) : read(json, Event.class);
  }

  /** A quote within a text would stand behind a backslash. */
  private static boolean isOf(String type, String json) {
    return json.contains("\"type\":\"" + type + "\"");
  }

  private <T> T read(String json, Class<T> type) {
    try {
      return mapper.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not an event: " + e.getOriginalMessage(), e);
    }
  }

  private static final class Iso8601 extends FromStringDeserializer<Instant> {
    Iso8601() {
      super(Instant.class);
    }

    @Override
    protected Instant _deserialize(
        String text, com.fasterxml.jackson.databind.DeserializationContext context) {
      return Instant.parse(text);
    }
  }
}
