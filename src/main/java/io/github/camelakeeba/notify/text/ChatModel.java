package io.github.camelakeeba.notify.text;

import io.github.camelakeeba.event.Digest;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.Notification;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a chat's template may print: plain texts, and the message itself as nested maps. */
public final class ChatModel {
  private static final int MAX_TITLE_LENGTH = 250;
  private static final String RED = "#b3261e";
  private static final String AMBER = "#b26a00";
  private static final String GREEN = "#1e7b3c";
  private static final String BLUE = "#2563a8";

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
    model.put("urgent", state.equals("failed") || state.equals("missed"));
    model.put(
        "colour",
        switch (state) {
          case "completed", "recovered" -> GREEN;
          case "warning", "parked" -> AMBER;
          case "started" -> BLUE;
          default -> RED;
        });
    return model;
  }

  /** Of an event its state, of a digest the worst in it. */
  private static String state(Notification message) {
    if (message instanceof Event event) {
      return event.data().state();
    }
    return message instanceof Digest digest
        ? Digest.STATES_BY_SEVERITY.stream()
            .filter(digest.data().counts()::containsKey)
            .findFirst()
            .orElse("completed")
        : "parked";
  }
}
