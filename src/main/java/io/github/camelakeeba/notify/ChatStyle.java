package io.github.camelakeeba.notify;

import java.util.Locale;
import java.util.function.ToIntFunction;

/**
 * What a chat takes, by its documentation, and what it would interpret. Of each limit 100 are left
 * for the words of a template.
 */
enum ChatStyle {
  /** Longer ones are split into several, according to its users. */
  SLACK(3_900, String::length, Spelling.SLACK),
  MATTERMOST(16_283, String::length, Spelling.MATTERMOST),
  DISCORD(1_900, String::length, Spelling.DISCORD),
  /** 28 KB a message; its users have seen it count UTF-16, two bytes a letter. */
  TEAMS(10_000, String::length, Spelling.PLAIN, 14_000, String::length),
  TELEGRAM(3_996, String::length, Spelling.NO_MENTION),
  /** 4,096 bytes a message; its server reads twice as much JSON. */
  NTFY(3_996, Fitting::bytes, Spelling.PLAIN, 8_192, Fitting::bytes);

  private final int limit;
  private final Fitting fitting;
  private final int largest;
  private final ToIntFunction<String> payloadSize;

  ChatStyle(int limit, ToIntFunction<String> size, Spelling spelling) {
    this(limit, size, spelling, Integer.MAX_VALUE, String::length);
  }

  ChatStyle(
      int limit,
      ToIntFunction<String> size,
      Spelling spelling,
      int largest,
      ToIntFunction<String> payloadSize) {
    this.limit = limit;
    this.fitting = new Fitting(spelling, size);
    this.largest = largest;
    this.payloadSize = payloadSize;
  }

  /** Of a channel of this type. */
  static ChatStyle of(String type) {
    return valueOf(type.toUpperCase(Locale.ROOT));
  }

  /** The file that makes the payload. */
  String template() {
    return type() + ".ftlj";
  }

  /** The word of the configuration. */
  String type() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How much title and text may have together. */
  int limit() {
    return limit;
  }

  Fitting fitting() {
    return fitting;
  }

  /** Whether the chat takes the whole of it. */
  boolean takes(String payload) {
    return payloadSize.applyAsInt(payload) <= largest;
  }
}
