package io.github.camelakeeba.notify;

/**
 * What a chat shows of a message: plain text, not escaped yet, and longer than any chat takes: each
 * cuts it by its own limit.
 *
 * @param title one line: what has happened
 * @param text what else there is to know; several lines, may be empty
 */
public record ChatText(String title, String text) {
  /** Characters; a bound for what a template makes, no limit of a chat. */
  private static final int LONGEST = 40_000;

  /** Bounds both, and cleans them of control characters and secrets. */
  public ChatText {
    title = ServerText.oneLine(title, LONGEST);
    text = ServerText.cut(text, LONGEST);
  }
}
