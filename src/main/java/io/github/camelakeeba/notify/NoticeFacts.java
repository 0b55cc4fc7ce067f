package io.github.camelakeeba.notify;

import java.time.ZoneId;
import java.util.Map;

/** What a template may print of a channel that could not be told. */
final class NoticeFacts {
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
    String reason = ServerText.oneLine(data.reason(), 500);
    facts.put("reason", reason == null || reason.isEmpty() ? "no reason is known" : reason);
    facts.line("advice", Advice.PARKED);
    return facts.map();
  }
}
