package io.github.camelakeeba.secret;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts that a server or a requester wrote: data, made safe to show, bounded, free of secrets. */
public final class UntrustedText {
  /** An item of a list, a row of a table, or just an indented line. */
  private static final Pattern HANGING_INDENT =
      Pattern.compile(
          " *- | {2}\\d+ \\w{3}, [\\d: +-]{5,}\\S+ +|(?=.{12} \\S)[A-Z][^:]{0,11}: +| *");

  private UntrustedText() {}

  /** Clean, masked, at most so many characters; null stays null. */
  public static String limited(String text, int longest) {
    if (text == null) {
      return null;
    }
    // masked first: a cut through a secret would leave its first half unrecognised
    String clean = clean(SecretMasker.mask(text));
    if (clean.length() <= longest) {
      return clean;
    }
    int end = longest - 1;
    return clean.substring(0, Character.isHighSurrogate(clean.charAt(end - 1)) ? end - 1 : end)
        + "…";
  }

  /** The same on one line. */
  public static String oneLine(String text, int longest) {
    return text == null
        ? null
        : limited(text.replaceAll("[\\s\\p{Z}\\p{Cc}]+", " ").strip(), longest);
  }

  /** What the innermost cause says, on one line. */
  public static String rootCause(Throwable thrown, int longest) {
    Throwable root = thrown;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String text = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    return oneLine(text, longest);
  }

  /** Without empty lines around it, and with at most one between two others. */
  public static String collapseBlankLines(String text) {
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
   * indented like the line, in a table of labels like the text beside them. The time grows with the
   * text only.
   */
  public static String wrap(String text, int width) {
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

  /** Without control characters, direction overrides and halves of characters. */
  private static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.replace("\r\n", "\n")
        .replace('\r', '\n')
        .replace('\u2028', '\n')
        .replace('\u2029', '\n')
        .codePoints()
        .filter(UntrustedText::isVisible)
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

  private static boolean isVisible(int c) {
    boolean direction = c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
    boolean character = (c & 0xFFFE) != 0xFFFE;
    return !direction && character && (c == '\n' || c == '\t' || !Character.isISOControl(c));
  }
}
