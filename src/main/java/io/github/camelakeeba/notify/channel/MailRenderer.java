package io.github.camelakeeba.notify.channel;

import io.github.camelakeeba.event.Notification;
import io.github.camelakeeba.notify.text.FallbackText;
import io.github.camelakeeba.notify.text.MessageRenderer;
import java.util.Map;

/** Subject, text and HTML of a mail. */
public final class MailRenderer {
  private static final int LINE_WIDTH = 78;

  private final MessageRenderer renderer;

  public record RenderedMail(String subject, String text, String html) {}

  public MailRenderer(MessageRenderer renderer) {
    this.renderer = renderer;
  }

  public RenderedMail render(Notification message) {
    Map<String, Object> model = renderer.model(message);
    Object kind = model.get("state");
    String text = renderer.render("text-" + kind + ".ftl", model, () -> FallbackText.text(model));
    String html = renderer.render("html-" + kind + ".ftlh", model, () -> FallbackText.html(model));
    return new RenderedMail(
        (String) model.get("subject"),
        LineLayout.wrap(
            MessageRenderer.markTest(LineLayout.collapseBlankLines(text), model), LINE_WIDTH),
        html.strip());
  }
}
