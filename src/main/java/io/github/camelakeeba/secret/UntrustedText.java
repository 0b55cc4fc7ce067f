package io.github.camelakeeba.secret;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts of a server or a requester: made safe to show, bounded, free of secrets. */
public final class UntrustedText {
  public static final int CAUSE_LENGTH = 300; // characters, in a log line or a list
  public static final int REASON_LENGTH = 500; // characters of why something failed
  private static final int MAX_SEARCHED_LENGTH = 20_000; // a page's title is in its beginning
  private static final Pattern INVISIBLE =
      Pattern.compile("(?is)<(script|style)\\b.*?(</\\1\\s*>|$)|<!--.*?(-->|$)");
  private static final Pattern TAG = Pattern.compile("</?[a-zA-Z!?][^<>]*>");
  private static final Pattern BLANK = Pattern.compile("[\\s\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");
  private static final List<Pattern> HEADLINES =
      List.of(
          Pattern.compile("(?is)<title\\b[^>]*>(.*?)</title"),
          Pattern.compile("(?is)<h1\\b[^>]*>(.*?)</h1"));

  private UntrustedText() {}

  /** Clean, masked, at most so many characters; null stays null. */
  public static String limited(String text, int maxLength) {
    // masked first: a cut through a secret would leave its first half unrecognised
    return text == null ? null : truncate(clean(SecretMasker.mask(text)), maxLength);
  }

  /** The text, or its beginning with an ellipsis, in at most so many characters. */
  public static String truncate(String text, int maxLength) {
    if (text.length() <= maxLength) {
      return text;
    }
    int end = maxLength - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }

  public static String oneLine(String text, int maxLength) {
    return text == null
        ? null
        : limited(text.replaceAll("[\\s\\p{Z}\\p{Cc}]+", " ").strip(), maxLength);
  }

  /** A name of a user's, in a sentence of ours. */
  public static String asName(String text) {
    return oneLine(text, 64);
  }

  public static String asCause(String text) {
    return oneLine(text, CAUSE_LENGTH);
  }

  public static String asReason(String text) {
    return oneLine(text, REASON_LENGTH);
  }

  /** As {@link #oneLine} without markup; "" when nothing visible is left. */
  public static String withoutMarkup(String text, int maxLength) {
    String visible = INVISIBLE.matcher(SecretMasker.mask(head(text))).replaceAll(" ");
    String plain = entities(TAG.matcher(visible).replaceAll(" "));
    String line = BLANK.matcher(plain).replaceAll(" ").strip();
    return truncate(SecretMasker.mask(line), maxLength);
  }

  /** What a page says of itself: its title, else its first heading, else its text. */
  public static String ofPage(String page, int maxLength) {
    String head = head(page);
    return HEADLINES.stream()
        .map(place -> place.matcher(head))
        .filter(Matcher::find)
        .map(found -> withoutMarkup(found.group(1), maxLength))
        .filter(line -> !line.isEmpty())
        .findFirst()
        .orElseGet(() -> withoutMarkup(head, maxLength));
  }

  private static String head(String text) {
    return text.substring(0, Math.min(text.length(), MAX_SEARCHED_LENGTH));
  }

  private static String entities(String text) {
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#039;", "'")
        .replace("&#8217;", "’")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&");
  }

  /** What the innermost cause says, on one line. */
  public static String rootCause(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return asCause(root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage());
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
