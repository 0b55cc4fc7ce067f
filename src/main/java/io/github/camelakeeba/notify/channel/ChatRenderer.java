package io.github.camelakeeba.notify.channel;

import io.github.camelakeeba.event.Notification;
import io.github.camelakeeba.notify.text.ChatText;
import io.github.camelakeeba.notify.text.FallbackText;
import io.github.camelakeeba.notify.text.MessageRenderer;
import io.github.camelakeeba.secret.UntrustedText;
import java.util.Map;
import java.util.function.Function;

/** What chats show of a message. */
public final class ChatRenderer implements Function<Notification, ChatText> {
  private static final int MAX_TITLE_LENGTH = 180;

  private final MessageRenderer renderer;

  public ChatRenderer(MessageRenderer texts) {
    this.renderer = texts;
  }

  /** The template's first line is the title, the rest the text. */
  @Override
  public ChatText apply(Notification message) {
    Map<String, Object> facts = renderer.model(message);
    String text =
        LineLayout.collapseBlankLines(
            renderer.render(
                "chat-" + facts.get("state") + ".ftl", facts, () -> FallbackText.text(facts)));
    int end = text.indexOf('\n');
    String title = end < 0 ? text : text.substring(0, end);
    String rest = end < 0 ? "" : text.substring(end + 1).strip();
    return new ChatText(
        UntrustedText.oneLine(MessageRenderer.markTest(title, facts), MAX_TITLE_LENGTH), rest);
  }
}
