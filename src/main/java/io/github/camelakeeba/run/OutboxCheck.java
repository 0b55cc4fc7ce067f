package io.github.camelakeeba.run;

import io.github.camelakeeba.notify.ChannelState;
import io.github.camelakeeba.notify.OutboxView;
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
public final class OutboxCheck extends DetailCheck {
  /** A channel that takes nothing for so long is worth a word. */
  private static final Duration LONG = Duration.ofMinutes(15);

  private final OutboxView outbox;
  private final Clock clock;

  /** Of this outbox. */
  public OutboxCheck(StoreWatch watch, OutboxView outbox, Clock clock) {
    super("outbox", watch);
    this.outbox = outbox;
    this.clock = clock;
  }

  @Override
  void look(HealthCheckResultBuilder builder) {
    List<String> texts = new ArrayList<>();
    List<Map<String, Object>> channels = new ArrayList<>();
    for (ChannelState state : outbox.counts()) {
      Instant since = unreached(state);
      if (state.parked() > 0 || since != null) {
        texts.add(text(state, since));
        channels.add(detail(state, since));
      }
    }
    if (!texts.isEmpty()) {
      builder.message(String.join("; ", texts)).detail(FOUND, Map.of("channels", channels));
    }
  }

  private Instant unreached(ChannelState state) {
    Instant since = state.failingSince();
    return since != null && since.plus(LONG).isBefore(clock.instant()) ? since : null;
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
