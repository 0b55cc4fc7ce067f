package io.github.camelakeeba.notify;

import io.github.camelakeeba.site.KnownSecrets;

/** Texts that a server or a requester wrote: data, made safe to show, bounded, free of secrets. */
final class ServerText {
  private ServerText() {}

  /** Clean, masked, at most so many characters; null stays null. */
  static String cut(String text, int longest) {
    if (text == null) {
      return null;
    }
    // masked first: a cut through a secret would leave its first half unrecognised
    String clean = clean(KnownSecrets.mask(text));
    if (clean.length() <= longest) {
      return clean;
    }
    int end = longest - 1;
    return clean.substring(0, Character.isHighSurrogate(clean.charAt(end - 1)) ? end - 1 : end)
        + "…";
  }

  /** The same on one line. */
  static String oneLine(String text, int longest) {
    return text == null ? null : cut(text.replaceAll("[\\s\\p{Z}\\p{Cc}]+", " ").strip(), longest);
  }

  /** Lines of at most {@code width} characters where they can be broken at a space. */
  static String wrap(String text, int width) {
    StringBuilder wrapped = new StringBuilder(text.length() + 80);
    for (String line : text.split("\n", -1)) {
      wrapLine(line, width, wrapped);
    }
    wrapped.setLength(wrapped.length() - 1);
    return wrapped.toString();
  }

  private static void wrapLine(String line, int width, StringBuilder wrapped) {
    int indent = line.length() - line.stripLeading().length();
    String rest = line;
    while (rest.length() > width) {
      int space = rest.lastIndexOf(' ', width);
      if (space <= indent) {
        space = rest.indexOf(' ', width);
      }
      if (space < 0) {
        break;
      }
      wrapped.append(rest.substring(0, space).stripTrailing()).append('\n');
      rest = " ".repeat(indent) + rest.substring(space + 1);
    }
    wrapped.append(rest.stripTrailing()).append('\n');
  }

  /** Without control characters, direction overrides and halves of characters. */
  private static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.replace("\r\n", "\n")
        .replace('\r', '\n')
        .codePoints()
        .filter(ServerText::shown)
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

  private static boolean shown(int c) {
    boolean direction = c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
    return !direction && (c == '\n' || c == '\t' || !Character.isISOControl(c));
  }
}
