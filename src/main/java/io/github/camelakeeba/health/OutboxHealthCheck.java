package io.github.camelakeeba.health;

import io.github.camelakeeba.outbox.ChannelState;
import io.github.camelakeeba.outbox.OutboxQueries;
import io.github.camelakeeba.store.StoreAvailability;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;

/**
 * The health check {@code outbox}: channels that could not be told. Nobody has shown a token: it
 * gives no reason, which may be a server's text.
 */
public final class OutboxHealthCheck extends InformationalHealthCheck {
  /** A channel that takes nothing for so long is worth a word. */
  private static final Duration MIN_OUTAGE = Duration.ofMinutes(15);

  private final OutboxQueries outbox;
  private final Clock clock;

  public OutboxHealthCheck(StoreAvailability watch, OutboxQueries outbox, Clock clock) {
    super("outbox", watch);
    this.outbox = outbox;
    this.clock = clock;
  }

  @Override
  void inspect(HealthCheckResultBuilder builder) {
    List<String> texts = new ArrayList<>();
    List<Map<String, Object>> channels = new ArrayList<>();
    for (ChannelState state : outbox.channelCounts()) {
      Instant since = unreachableSince(state);
      if (state.parked() > 0 || since != null) {
        texts.add(text(state, since));
        channels.add(detail(state, since));
      }
    }
    if (!texts.isEmpty()) {
      builder.message(String.join("; ", texts)).detail(DETAIL_KEY, Map.of("channels", channels));
    }
  }

  private Instant unreachableSince(ChannelState state) {
    Instant since = state.failingSince();
    return since != null && since.plus(MIN_OUTAGE).isBefore(clock.instant()) ? since : null;
  }

  private static String text(ChannelState state, Instant since) {
    String parked =
        state.parked() == 0
            ? ""
            : "%s parked %s for %s"
                .formatted(
                    state.parked(), state.parked() == 1 ? "message" : "messages", state.channel());
    String unreached = since == null ? "" : state.channel() + " not reached since " + since;
    return parked + (parked.isEmpty() || unreached.isEmpty() ? "" : ", ") + unreached;
  }

  private static Map<String, Object> detail(ChannelState state, Instant since) {
    return since == null
        ? Map.of("channel", state.channel(), "parked", state.parked())
        : Map.of(
            "channel",
            state.channel(),
            "parked",
            state.parked(),
            "notReachedSince",
            since.toString());
  }
}
