package io.github.camelakeeba.notify.text;

import io.github.camelakeeba.event.ParkedNotice;
import io.github.camelakeeba.secret.UntrustedText;
import java.time.ZoneId;
import java.util.Map;

/** The data model of a notice about a parked message. */
final class ParkedNoticeModel {
  private ParkedNoticeModel() {}

  /** The model, with times in this zone; null: in UTC. */
  static Map<String, Object> of(ParkedNotice notice, ZoneId zone) {
    ParkedNotice.Data data = notice.data();
    DataModelBuilder model = new DataModelBuilder(zone);
    model.put("state", "parked");
    model.putLine("channel", data.channel());
    model.putLine("event", data.event());
    model.putLine("time", model.formatTime(notice.time()));
    model.putLine("since", model.formatTime(data.since()));
    model.putLine("waited", DataModelBuilder.formatDuration(data.since(), notice.time()));
    String why = UntrustedText.asReason(data.reason());
    model.put(
        "error",
        Map.of("message", why == null || why.isEmpty() ? "The reason is not known." : why));
    model.putLine("advice", Remedies.CHANNEL_PARKED);
    return model.toModel();
  }
}
