package io.github.camelakeeba.rest;

import io.github.camelakeeba.config.DidYouMean;
import io.github.camelakeeba.outbox.OutboxQueries;
import io.github.camelakeeba.outbox.OutboxRetry;
import io.github.camelakeeba.outbox.UndeliveredMessages;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.secret.UntrustedText;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Shows undelivered messages and retries them, for people who name channels. */
public final class OutboxAdmin {
  private final Set<String> channels;
  private final OutboxQueries queries;
  private final OutboxRetry retry;

  /** For the channels of the configuration, in its order. */
  public OutboxAdmin(Set<String> channels, OutboxQueries queries, OutboxRetry retry) {
    this.channels = channels;
    this.queries = queries;
    this.retry = retry;
  }

  /** As {@link OutboxQueries#messages}; rejects an unknown channel that no message is for. */
  public UndeliveredMessages messages(String channel, boolean parked, int limit) {
    if (channel != null && !channels.contains(channel)) {
      Set<String> known = new TreeSet<>(queries.channelsWithMessages());
      if (!known.contains(channel)) {
        known.addAll(channels);
        throw unknown(channel, known);
      }
    }
    return queries.messages(channel, parked, limit);
  }

  /** As {@link OutboxRetry#retry}; rejects a channel that is not in the configuration. */
  public int retry(String channel, List<Long> ids) {
    if (channel != null && !channels.contains(channel)) {
      throw unknown(channel, channels);
    }
    return retry.retry(channel, ids);
  }

  private static RunRefusedException unknown(String channel, Collection<String> known) {
    return new RunRefusedException(
        Reason.UNKNOWN_CHANNEL,
        "there is no channel '%s'%s"
            .formatted(UntrustedText.asName(channel), DidYouMean.of(channel, known)));
  }
}
