package io.github.camelakeeba.notify.text;

import io.github.camelakeeba.event.Digest;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.Notification;
import io.github.camelakeeba.event.Report;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a chat's template may print: plain texts, and the message itself as nested maps. */
public final class ChatModel {
  private static final int MAX_TITLE_LENGTH = 250;
  private static final Set<String> URGENT = Set.of("failed", "missed", "unproved");

  private ChatModel() {}

  /** {@code limit}: of title and text together; {@code receiver}: topic or chat in the payload. */
  public static Map<String, Object> of(
      Notification message,
      Map<String, Object> event,
      ChatText text,
      TextLimiter limiter,
      int limit,
      Map<String, String> receiver) {
    String state = state(message);
    String title = limiter.truncate(text.title(), Math.min(MAX_TITLE_LENGTH, limit));
    String rest = limiter.truncate(text.text(), limit - 1 - limiter.size().applyAsInt(title));
    Map<String, Object> model = new HashMap<>(receiver);
    model.put("event", event);
    model.put("title", title);
    model.put("text", rest);
    model.put("lines", rest.isEmpty() ? List.of() : List.of(rest.split("\n", -1)));
    model.put("state", state);
    model.put("urgent", URGENT.contains(state));
    model.put(
        "colour",
        switch (state) {
          case "completed", "recovered", "proved" -> "#1e7b3c"; // green
          case "warning", "untested", "parked" -> "#b26a00"; // amber
          case "started" -> "#2563a8"; // blue
          case "never" -> "#57606a"; // grey: nothing is known yet
          default -> "#b3261e"; // red
        });
    return model;
  }

  private static String state(Notification message) {
    if (message instanceof Event event) {
      return event.data().state();
    }
    if (message instanceof Report report) {
      return ReportModel.worst(report);
    }
    return message instanceof Digest digest
        ? Digest.STATES_BY_SEVERITY.stream()
            .filter(digest.data().counts()::containsKey)
            .findFirst()
            .orElse("completed")
        : "parked";
  }
}
