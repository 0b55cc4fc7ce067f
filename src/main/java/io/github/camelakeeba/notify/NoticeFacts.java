package io.github.camelakeeba.notify;

import java.time.ZoneId;
import java.util.Map;

/** What a template may print of a channel that could not be told. */
final class NoticeFacts {
  private static final int LONGEST_REASON = 500;

  private NoticeFacts() {}

  /** The facts, with times in this zone; null: in UTC. */
  static Map<String, Object> of(Notice notice, ZoneId zone) {
    Notice.Data data = notice.data();
    Facts facts = new Facts(zone);
    facts.put("state", "parked");
    facts.line("channel", data.channel());
    facts.line("event", data.event());
    facts.line("time", facts.when(notice.time()));
    facts.line("since", facts.when(data.since()));
    facts.line("waited", Facts.between(data.since(), notice.time()));
    String why = ServerText.oneLine(data.reason(), LONGEST_REASON);
    facts.put(
        "error",
        Map.of("message", why == null || why.isEmpty() ? "The reason is not known." : why));
    facts.line("advice", Advice.PARKED);
    return facts.map();
  }
}
