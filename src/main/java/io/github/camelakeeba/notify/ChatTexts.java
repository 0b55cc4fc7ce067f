package io.github.camelakeeba.notify;

import java.util.Map;
import java.util.function.Function;

/** What chats show of a message. */
public final class ChatTexts implements Function<Message, ChatText> {
  private static final int LONGEST_TITLE = 180;

  private final Texts texts;

  /** By these templates. */
  public ChatTexts(Texts texts) {
    this.texts = texts;
  }

  /** The template's first line is the title, the rest the text. */
  @Override
  public ChatText apply(Message message) {
    Map<String, Object> facts = texts.facts(message);
    String text =
        ServerText.tidy(
            texts.render(
                "chat-" + facts.get("state") + ".ftl", facts, () -> PlainText.text(facts)));
    int end = text.indexOf('\n');
    String title = end < 0 ? text : text.substring(0, end);
    String rest = end < 0 ? "" : text.substring(end + 1).strip();
    return new ChatText(ServerText.oneLine(Texts.marked(title, facts), LONGEST_TITLE), rest);
  }
}
