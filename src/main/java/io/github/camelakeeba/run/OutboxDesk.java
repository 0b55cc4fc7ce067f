package io.github.camelakeeba.run;

import io.github.camelakeeba.notify.OutboxRetry;
import io.github.camelakeeba.notify.OutboxView;
import io.github.camelakeeba.notify.Undelivered;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.site.Suggestion;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Shows what is not delivered and lets it be tried again, for people who name channels. */
public final class OutboxDesk {
  private static final int LONGEST_NAME = 64;

  private final Set<String> channels;
  private final OutboxView view;
  private final OutboxRetry retry;

  /**
   * Of this outbox.
   *
   * @param channels the names of those in the configuration, in its order
   */
  public OutboxDesk(Set<String> channels, OutboxView view, OutboxRetry retry) {
    this.channels = channels;
    this.view = view;
    this.retry = retry;
  }

  /** As {@link OutboxView#messages}; refuses a channel that nobody knows. */
  public Undelivered messages(String channel, boolean parked, int limit) {
    if (channel != null && !channels.contains(channel)) {
      Set<String> left = new TreeSet<>(view.names());
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
    String shown = channel.replaceAll("\\p{Cntrl}+", " ");
    return new RunRefusedException(
        Reason.UNKNOWN_CHANNEL,
        "there is no channel '%s'%s"
            .formatted(
                shown.length() > LONGEST_NAME ? shown.substring(0, LONGEST_NAME) + "…" : shown,
                Suggestion.of(shown, known)));
  }
}
