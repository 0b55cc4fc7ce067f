package io.github.camelakeeba.notify.text;

import io.github.camelakeeba.secret.UntrustedText;

/**
 * What a chat shows of a message: plain text, not escaped yet, and longer than any chat takes: each
 * cuts it by its own limit.
 *
 * @param title one line: what has happened
 * @param text what else there is to know; several lines, may be empty
 */
public record ChatText(String title, String text) {
  /** Characters; a bound for what a template makes, no limit of a chat. */
  private static final int MAX_LENGTH = 40_000;

  /** Bounds both, and cleans them of control characters and secrets. */
  public ChatText {
    title = UntrustedText.oneLine(title, MAX_LENGTH);
    text = UntrustedText.limited(text, MAX_LENGTH);
  }
}
