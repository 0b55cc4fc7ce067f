package io.github.camelakeeba.notify;

import java.util.Map;

/** Subject, text and HTML of the mail that tells of a message. */
public final class MailTexts {
  private static final int WIDTH = 78;

  private final Texts texts;

  /** One mail's texts. */
  public record Written(String subject, String text, String html) {}

  /** By these templates. */
  public MailTexts(Texts texts) {
    this.texts = texts;
  }

  /** The texts for this message. */
  public Written write(Message message) {
    Map<String, Object> facts = texts.facts(message);
    Object kind = facts.get("state");
    String text = texts.render("text-" + kind + ".ftl", facts, () -> PlainText.text(facts));
    String html = texts.render("html-" + kind + ".ftlh", facts, () -> PlainText.html(facts));
    return new Written(
        (String) facts.get("subject"),
        ServerText.wrap(Texts.marked(ServerText.tidy(text), facts), WIDTH),
        html.strip());
  }
}
