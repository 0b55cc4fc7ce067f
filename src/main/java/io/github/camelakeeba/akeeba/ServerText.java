package io.github.camelakeeba.akeeba;

import io.github.camelakeeba.site.KnownSecrets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes one plain, short line of what a server wrote: no tags, no control characters, no secret.
 */
final class ServerText {
  private static final Pattern INVISIBLE =
      Pattern.compile("(?is)<(script|style)\\b.*?(</\\1\\s*>|$)|<!--.*?(-->|$)");
  private static final Pattern TAG = Pattern.compile("</?[a-zA-Z!?][^<>]*>");
  private static final Pattern BLANK = Pattern.compile("[\\s\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");
  private static final Pattern TITLE = Pattern.compile("(?is)<title\\b[^>]*>(.*?)</title");
  private static final Pattern HEADING = Pattern.compile("(?is)<h1\\b[^>]*>(.*?)</h1");

  // a page of megabytes need not be searched for its title
  private static final int SEARCHED = 20_000;

  private ServerText() {}

  /** The text as one line of at most so many characters; "" when nothing visible is left. */
  static String line(String text, int longest) {
    String head = text.length() > SEARCHED ? text.substring(0, SEARCHED) : text;
    String bare = KnownSecrets.mask(head);
    bare = INVISIBLE.matcher(bare).replaceAll(" ");
    bare = TAG.matcher(bare).replaceAll(" ");
    bare = BLANK.matcher(entities(bare)).replaceAll(" ").strip();
    return cut(KnownSecrets.mask(bare), longest);
  }

  /** What a page says of itself: its title, else its first heading, else its text. */
  static String ofPage(String page, int longest) {
    String head = page.length() > SEARCHED ? page.substring(0, SEARCHED) : page;
    for (Pattern place : new Pattern[] {TITLE, HEADING}) {
      Matcher found = place.matcher(head);
      if (found.find() && !line(found.group(1), longest).isEmpty()) {
        return line(found.group(1), longest);
      }
    }
    return line(head, longest);
  }

  /** The text, or its beginning with an ellipsis, in at most so many characters. */
  static String cut(String text, int longest) {
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
