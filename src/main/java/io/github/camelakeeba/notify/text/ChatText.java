package io.github.camelakeeba.notify.text;

import io.github.camelakeeba.secret.UntrustedText;

/**
 * Plain text for a chat, neither escaped nor cut to the limit of the chat yet.
 *
 * @param title one line
 * @param text several lines, may be empty
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
