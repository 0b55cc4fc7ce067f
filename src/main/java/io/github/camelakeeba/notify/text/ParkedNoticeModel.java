package io.github.camelakeeba.notify.text;

import io.github.camelakeeba.event.ParkedNotice;
import io.github.camelakeeba.secret.UntrustedText;
import java.time.ZoneId;
import java.util.Map;

/** What a template may print of a channel that could not be told. */
final class ParkedNoticeModel {

  private ParkedNoticeModel() {}

  /** The facts, with times in this zone; null: in UTC. */
  static Map<String, Object> of(ParkedNotice notice, ZoneId zone) {
    ParkedNotice.Data data = notice.data();
    DataModelBuilder facts = new DataModelBuilder(zone);
    facts.put("state", "parked");
    facts.putLine("channel", data.channel());
    facts.putLine("event", data.event());
    facts.putLine("time", facts.formatTime(notice.time()));
    facts.putLine("since", facts.formatTime(data.since()));
    facts.putLine("waited", DataModelBuilder.formatDuration(data.since(), notice.time()));
    String why = UntrustedText.asReason(data.reason());
    facts.put(
        "error",
        Map.of("message", why == null || why.isEmpty() ? "The reason is not known." : why));
    facts.putLine("advice", Remedies.CHANNEL_PARKED);
    return facts.toModel();
  }
}
