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

/** Shows what is not delivered and lets it be tried again, for people who name channels. */
public final class OutboxAdmin {
  private final Set<String> channels;
  private final OutboxQueries view;
  private final OutboxRetry retry;

  /**
   * Of this outbox.
   *
   * @param channels the names of those in the configuration, in its order
   */
  public OutboxAdmin(Set<String> channels, OutboxQueries view, OutboxRetry retry) {
    this.channels = channels;
    this.view = view;
    this.retry = retry;
  }

  /** As {@link OutboxQueries#messages}; refuses a channel that nobody knows. */
  public UndeliveredMessages messages(String channel, boolean parked, int limit) {
    if (channel != null && !channels.contains(channel)) {
      Set<String> left = new TreeSet<>(view.channelsWithMessages());
      if (!left.contains(channel)) {
        left.addAll(channels);
        throw unknown(channel, left);
      }
    }
    return view.messages(channel, parked, limit);
  }

  /** As {@link OutboxRetry#retry}; refuses a channel that is not in the configuration. */
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
