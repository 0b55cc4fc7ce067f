package io.github.camelakeeba.event;

import io.github.camelakeeba.Internal;
import io.github.camelakeeba.secret.UntrustedText;
import java.time.Instant;

/** Reports to one channel that another one failed, as a CloudEvent. */
@Internal
public record ParkedNotice(
    String specversion,
    String id,
    String source,
    String type,
    String subject,
    Instant time,
    String datacontenttype,
    Data data)
    implements Notification {
  static final String TYPE = "io.github.camelakeeba.channel.parked.v1";

  /**
   * @param event the id of the first event that was parked
   * @param since when that event was due first
   */
  public record Data(String channel, String event, Instant since, String reason) {}

  public static ParkedNotice parked(
      EventSource source, String channel, String event, Instant since, Instant now, String reason) {
    return new ParkedNotice(
        SPECVERSION,
        "channels/" + channel + "/parked/" + now,
        source.ofChannel(channel),
        TYPE,
        channel,
        now,
        JSON,
        new Data(
            channel, event, since, UntrustedText.limited(reason, UntrustedText.REASON_LENGTH)));
  }
}
