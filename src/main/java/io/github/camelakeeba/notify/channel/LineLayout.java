package io.github.camelakeeba.notify.channel;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lays out the lines of a plain text. */
final class LineLayout {
  /** An item of a list, a row of a table, or just an indented line. */
  private static final Pattern HANGING_INDENT =
      Pattern.compile(
          " *- | {2}\\d+ \\w{3}, [\\d: +-]{5,}\\S+ +|(?=.{12} \\S)[A-Z][^:]{0,11}: +| *");

  private LineLayout() {}

  /** Without empty lines around it, and with at most one between two others. */
  static String collapseBlankLines(String text) {
    StringBuilder tidy = new StringBuilder(text.length());
    boolean empty = false;
    for (String line : text.split("\r?\n", -1)) {
      if (!line.isBlank()) {
        tidy.append(empty && !tidy.isEmpty() ? "\n" : "").append(line.stripTrailing()).append('\n');
      }
      empty = line.isBlank();
    }
    return tidy.toString().strip();
  }

  /**
   * Lines of at most {@code width} characters where they can be broken at a space; what follows is
   * indented like the line, or like the text beside labels. The time grows with the text only.
   */
  static String wrap(String text, int width) {
    StringBuilder wrapped = new StringBuilder(text.length() + 80);
    for (String line : text.split("\n", -1)) {
      wrapLine(line.stripTrailing(), width, wrapped);
    }
    wrapped.setLength(wrapped.length() - 1);
    return wrapped.toString();
  }

  private static void wrapLine(String line, int width, StringBuilder wrapped) {
    int indent = indent(line);
    int from = 0;
    int room = width;
    while (line.length() - from > room) {
      int space = line.lastIndexOf(' ', from + room);
      if (space <= from + (from == 0 ? indent : 0)) {
        space = line.indexOf(' ', from + room);
      }
      if (space < 0) {
        break;
      }
      wrapped.append(line.substring(from, space).stripTrailing()).append('\n');
      wrapped.append(" ".repeat(indent));
      from = space + 1;
      room = width - indent;
    }
    wrapped.append(line, from, line.length()).append('\n');
  }

  private static int indent(String line) {
    Matcher hanging = HANGING_INDENT.matcher(line);
    return hanging.lookingAt() ? hanging.end() : 0;
  }
}
