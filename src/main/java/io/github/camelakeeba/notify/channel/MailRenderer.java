package io.github.camelakeeba.notify.channel;

import io.github.camelakeeba.event.Notification;
import io.github.camelakeeba.notify.text.FallbackText;
import io.github.camelakeeba.notify.text.MessageRenderer;
import java.util.Map;

/** Subject, text and HTML of the mail that tells of a message. */
public final class MailRenderer {
  private static final int LINE_WIDTH = 78;

  private final MessageRenderer renderer;

  /** One mail's texts. */
  public record RenderedMail(String subject, String text, String html) {}

  public MailRenderer(MessageRenderer texts) {
    this.renderer = texts;
  }

  /** The texts for this message. */
  public RenderedMail render(Notification message) {
    Map<String, Object> facts = renderer.model(message);
    Object kind = facts.get("state");
    String text = renderer.render("text-" + kind + ".ftl", facts, () -> FallbackText.text(facts));
    String html = renderer.render("html-" + kind + ".ftlh", facts, () -> FallbackText.html(facts));
    return new RenderedMail(
        (String) facts.get("subject"),
        LineLayout.wrap(
            MessageRenderer.markTest(LineLayout.collapseBlankLines(text), facts), LINE_WIDTH),
        html.strip());
  }
}
