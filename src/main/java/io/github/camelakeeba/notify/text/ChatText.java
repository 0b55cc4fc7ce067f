package io.github.camelakeeba.notify.text;

import io.github.camelakeeba.secret.UntrustedText;

/** Plain text for a chat, neither escaped nor cut to its limit yet; {@code title} is one line. */
public record ChatText(String title, String text) {
  private static final int MAX_LENGTH = 40_000; // of what a template makes, no limit of a chat

  /** Bounds both, and cleans them of control characters and secrets. */
  public ChatText {
    title = UntrustedText.oneLine(title, MAX_LENGTH);
    text = UntrustedText.limited(text, MAX_LENGTH);
  }
}
