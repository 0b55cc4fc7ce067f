package io.github.camelakeeba.notify;

import java.time.Instant;

/** Tells one channel that another one could not be told, as a CloudEvent. */
public record Notice(
    String specversion,
    String id,
    String source,
    String type,
    String subject,
    Instant time,
    String datacontenttype,
    Data data)
    implements Message {

  /** The type word of a notice. */
  static final String TYPE = "io.github.camelakeeba.channel.parked.v1";

  /**
   * What has happened.
   *
   * @param channel the one that could not be told
   * @param event the id of the first event that was given up
   * @param since when that event was to be delivered first
   * @param reason why the last attempt failed
   */
  public record Data(String channel, String event, Instant since, String reason) {}

  /** The channel was not told of the event, and nobody tries any longer. */
  static Notice parked(
      EventSource source, String channel, String event, Instant since, Instant now, String reason) {
    return new Notice(
        SPECVERSION,
        "channels/" + channel + "/parked/" + now,
        source.channel(channel),
        TYPE,
        channel,
        now,
        JSON,
        new Data(channel, event, since, ServerText.cut(reason, 500)));
  }
}
