package io.github.camelakeeba.notify;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a chat's template may print: plain texts, and the message itself as nested maps. */
final class ChatFacts {
  private static final int LONGEST_TITLE = 250;
  private static final String RED = "#b3261e";
  private static final String AMBER = "#b26a00";
  private static final String GREEN = "#1e7b3c";
  private static final String BLUE = "#2563a8";

  private final Map<String, Object> facts = new HashMap<>();

  private ChatFacts() {}

  /**
   * The facts of this message.
   *
   * @param limit how much title and text may have together
   * @param target what names the receiver within the payload: topic, chat
   */
  static Map<String, Object> of(
      Message message,
      Map<String, Object> event,
      ChatText text,
      Fitting fitting,
      int limit,
      Map<String, String> target) {
    ChatFacts made = new ChatFacts();
    made.facts.putAll(target);
    made.facts.put("event", event);
    made.level(state(message));
    made.texts(text, fitting, limit);
    return made.facts;
  }

  private void texts(ChatText text, Fitting fitting, int limit) {
    String title = fitting.fit(text.title(), Math.min(LONGEST_TITLE, limit));
    String rest = fitting.fit(text.text(), limit - 1 - fitting.size().applyAsInt(title));
    facts.put("title", title);
    facts.put("text", rest);
    facts.put("lines", rest.isEmpty() ? List.of() : List.of(rest.split("\n", -1)));
  }

  private void level(String state) {
    facts.put("state", state);
    facts.put("urgent", state.equals("failed") || state.equals("missed"));
    facts.put(
        "colour",
        switch (state) {
          case "completed", "recovered" -> GREEN;
          case "warning", "parked" -> AMBER;
          case "started" -> BLUE;
          default -> RED;
        });
  }

  /** Of an event its state, of a digest the worst in it. */
  private static String state(Message message) {
    if (message instanceof Event event) {
      return event.data().state();
    }
    return message instanceof Digest digest
        ? Digest.WORST_FIRST.stream()
            .filter(digest.data().counts()::containsKey)
            .findFirst()
            .orElse("completed")
        : "parked";
  }
}
