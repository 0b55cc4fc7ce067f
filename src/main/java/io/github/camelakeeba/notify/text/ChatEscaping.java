package io.github.camelakeeba.notify.text;

/** How a character is written for a chat, so that it is shown and not interpreted. */
@FunctionalInterface
public interface ChatEscaping {
  /** Before the beginning and behind the end of a text is a line break. */
  int TEXT_BOUNDARY = '\n';

  ChatEscaping PLAIN = (before, c, after) -> Character.toString(c);

  /** Slack has its own three entities; formatting is switched off in the template. */
  ChatEscaping SLACK =
      (before, c, after) ->
          switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            default -> Character.toString(c);
          };

  /** A mention would call people: an invisible space behind the @ makes it none. */
  ChatEscaping NO_MENTION =
      (before, c, after) ->
          c == '@' && !Character.isLetterOrDigit(before) && !Character.isWhitespace(after)
              ? "@\u200B"
              : Character.toString(c);

  /** Markdown, and mentions of Mattermost. */
  ChatEscaping MATTERMOST =
      (before, c, after) ->
          markdown(before, c, after)
              ? "\\" + (char) c
              : c == '=' && before == TEXT_BOUNDARY
                  ? "\u200B="
                  : NO_MENTION.escape(before, c, after);

  /** Markdown, and what Discord writes between angle brackets; mentions are for the template. */
  ChatEscaping DISCORD =
      (before, c, after) ->
          c == '<' || markdown(before, c, after) ? "\\" + (char) c : Character.toString(c);

  /** The text of this code point between those. */
  String escape(int before, int c, int after);

  private static boolean markdown(int before, int c, int after) {
    return switch (c) {
      case '\\', '`', '*', '~', '|', '[', ']', '#' -> true;
      // within a word it is only itself
      case '_' -> !Character.isLetterOrDigit(before) || !Character.isLetterOrDigit(after);
      case '>', '-', '+' -> before == TEXT_BOUNDARY;
      default -> false;
    };
  }
}
