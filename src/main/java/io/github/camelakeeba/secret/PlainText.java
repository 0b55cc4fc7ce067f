package io.github.camelakeeba.secret;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes one plain, short line of what a server wrote: no tags, no control characters, no secret.
 */
public final class PlainText {
  private static final Pattern INVISIBLE =
      Pattern.compile("(?is)<(script|style)\\b.*?(</\\1\\s*>|$)|<!--.*?(-->|$)");
  private static final Pattern TAG = Pattern.compile("</?[a-zA-Z!?][^<>]*>");
  private static final Pattern BLANK = Pattern.compile("[\\s\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");
  private static final Pattern TITLE = Pattern.compile("(?is)<title\\b[^>]*>(.*?)</title");
  private static final Pattern HEADING = Pattern.compile("(?is)<h1\\b[^>]*>(.*?)</h1");

  // a page of megabytes need not be searched for its title
  private static final int MAX_SEARCHED_LENGTH = 20_000;

  private PlainText() {}

  /** The text as one line of at most so many characters; "" when nothing visible is left. */
  public static String line(String text, int longest) {
    String head =
        text.length() > MAX_SEARCHED_LENGTH ? text.substring(0, MAX_SEARCHED_LENGTH) : text;
    String bare = SecretMasker.mask(head);
    bare = INVISIBLE.matcher(bare).replaceAll(" ");
    bare = TAG.matcher(bare).replaceAll(" ");
    bare = BLANK.matcher(entities(bare)).replaceAll(" ").strip();
    return truncate(SecretMasker.mask(bare), longest);
  }

  /** What a page says of itself: its title, else its first heading, else its text. */
  public static String fromHtml(String page, int longest) {
    String head =
        page.length() > MAX_SEARCHED_LENGTH ? page.substring(0, MAX_SEARCHED_LENGTH) : page;
    for (Pattern place : new Pattern[] {TITLE, HEADING}) {
      Matcher found = place.matcher(head);
      if (found.find() && !line(found.group(1), longest).isEmpty()) {
        return line(found.group(1), longest);
      }
    }
    return line(head, longest);
  }

  /** The text, or its beginning with an ellipsis, in at most so many characters. */
  public static String truncate(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = longest - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
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
}
