package io.github.camelakeeba.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.Internal;
import io.github.camelakeeba.secret.Sha256;
import java.time.Instant;
import java.util.regex.Pattern;

/** Ids by which a request is known: its sender's own, or what carries it has given it one. */
@Internal
public final class RequestId {
  private static final int MAX_LENGTH = 190;
  private static final int KEPT_LENGTH = 100;

  /** Reserved for schedules: with such an id a sender would replace a scheduled run. */
  private static final Pattern SCHEDULE_ID = Pattern.compile(".+@\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z");

  /** Reserved for messages without an id of their own, as the transport identifies them. */
  private static final Pattern TRANSPORT_ID =
      Pattern.compile("(?s)(?:jms|jms-at|kafka|file|signed|webhook|exchange):.*");

  private RequestId() {}

  /** The sender's own, or null; throws {@link RunRefusedException} where it may not be that. */
  static String validated(String id) {
    if (id != null && (id.isBlank() || id.length() > MAX_LENGTH)) {
      throw RequestReader.invalid("the member 'id' has 1 to %s characters".formatted(MAX_LENGTH));
    }
    if (id != null && SCHEDULE_ID.matcher(id).matches()) {
      throw RequestReader.invalid(
          "the member 'id' looks like the id of a schedule's run: choose another one");
    }
    if (id != null && TRANSPORT_ID.matcher(id).matches()) {
      throw RequestReader.invalid(
          "the member 'id' looks like the id of a broker's message: choose another one");
    }
    return id;
  }

  /** The time of the schedule whose run it names; null: it names none. */
  public static Instant fireTime(String id) {
    return id != null && SCHEDULE_ID.matcher(id).matches()
        ? Instant.parse(id.substring(id.lastIndexOf('@') + 1))
        : null;
  }

  /** The event's source and id, which identify a CloudEvent; else the other one. */
  static String ofEvent(JsonNode event, String otherwise) {
    String id = event.path("id").asText("");
    return id.isEmpty() ? otherwise : ofEvent(event.path("source").asText(""), id);
  }

  /** The same of an event in whatever mode; the source may be null. */
  static String ofEvent(String source, String id) {
    return (source == null ? "" : source) + "#" + id;
  }

  /** The id as it is stored: one that is too long, or can't be stored, ends in its hash. */
  static String bounded(String id) {
    if (id == null || id.length() <= MAX_LENGTH && id.chars().noneMatch(Character::isISOControl)) {
      return id;
    }
    String head = id.replaceAll("\\p{Cntrl}", " ");
    return head.substring(0, Math.min(KEPT_LENGTH, head.length())) + "~" + Sha256.hex(id);
  }
}
