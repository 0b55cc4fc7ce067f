package io.github.camelakeeba.notify.text;

import java.util.Locale;
import java.util.function.ToIntFunction;

/** What a chat accepts by its documentation, less 100 for the template, and would interpret. */
public enum ChatDialect {
  /** Longer ones are split into several, according to its users. */
  SLACK(3_900, String::length, ChatEscaping.SLACK),
  MATTERMOST(16_283, String::length, ChatEscaping.MATTERMOST),
  DISCORD(1_900, String::length, ChatEscaping.DISCORD),
  /** 28 KB a message; its users have seen it count UTF-16, two bytes a letter. */
  TEAMS(10_000, String::length, ChatEscaping.PLAIN, 14_000, String::length),
  TELEGRAM(3_996, String::length, ChatEscaping.NO_MENTION),
  /** 4,096 bytes a message; its server reads twice as much JSON. */
  NTFY(3_996, TextLimiter::bytes, ChatEscaping.PLAIN, 8_192, TextLimiter::bytes);

  private final int limit;
  private final TextLimiter limiter;
  private final int maxPayload;
  private final ToIntFunction<String> payloadSize;

  ChatDialect(int limit, ToIntFunction<String> size, ChatEscaping escaping) {
    this(limit, size, escaping, Integer.MAX_VALUE, String::length);
  }

  ChatDialect(
      int limit,
      ToIntFunction<String> size,
      ChatEscaping escaping,
      int maxPayload,
      ToIntFunction<String> payloadSize) {
    this.limit = limit;
    this.limiter = new TextLimiter(escaping, size);
    this.maxPayload = maxPayload;
    this.payloadSize = payloadSize;
  }

  public static ChatDialect of(String type) {
    return valueOf(type.toUpperCase(Locale.ROOT));
  }

  public String template() {
    return type() + ".ftlj";
  }

  public String type() {
    return name().toLowerCase(Locale.ROOT);
  }

  public int limit() {
    return limit;
  }

  public TextLimiter limiter() {
    return limiter;
  }

  public boolean accepts(String payload) {
    return payloadSize.applyAsInt(payload) <= maxPayload;
  }
}
