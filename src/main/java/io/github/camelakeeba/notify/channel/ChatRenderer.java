package io.github.camelakeeba.notify.channel;

import io.github.camelakeeba.event.Notification;
import io.github.camelakeeba.notify.text.ChatText;
import io.github.camelakeeba.notify.text.FallbackText;
import io.github.camelakeeba.notify.text.MessageRenderer;
import io.github.camelakeeba.secret.UntrustedText;
import java.util.Map;
import java.util.function.Function;

/** The text of a message in a chat. */
public final class ChatRenderer implements Function<Notification, ChatText> {
  private static final int MAX_TITLE_LENGTH = 180;

  private final MessageRenderer renderer;

  public ChatRenderer(MessageRenderer renderer) {
    this.renderer = renderer;
  }

  /** The template's first line is the title, the rest the text. */
  @Override
  public ChatText apply(Notification message) {
    Map<String, Object> model = renderer.model(message);
    String text =
        LineLayout.collapseBlankLines(
            renderer.render(
                "chat-" + model.get("state") + ".ftl", model, () -> FallbackText.text(model)));
    int end = text.indexOf('\n');
    String title = end < 0 ? text : text.substring(0, end);
    String rest = end < 0 ? "" : text.substring(end + 1).strip();
    return new ChatText(
        UntrustedText.oneLine(MessageRenderer.markTest(title, model), MAX_TITLE_LENGTH), rest);
  }
}
