package io.github.camelakeeba.health;

import io.github.camelakeeba.outbox.ChannelState;
import io.github.camelakeeba.outbox.OutboxQueries;
import io.github.camelakeeba.store.StoreAvailability;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The health check {@code outbox}: channels that are not reached, and parked messages. The page
 * asks for no token, so it gives no reason, which may be a server's text.
 */
public final class OutboxHealthCheck extends BackupHealthCheck {
  private final OutboxQueries outbox;
  private final Clock clock;

  public OutboxHealthCheck(StoreAvailability availability, OutboxQueries outbox, Clock clock) {
    super("outbox", availability);
    this.outbox = outbox;
    this.clock = clock;
  }

  @Override
  Finding inspect() {
    List<String> texts = new ArrayList<>();
    List<Map<String, Object>> channels = new ArrayList<>();
    for (ChannelState state : outbox.channelCounts()) {
      Instant since = state.notReachedSince(clock.instant());
      if (state.parked() > 0 || since != null) {
        texts.add(text(state, since));
        channels.add(detail(state, since));
      }
    }
    return texts.isEmpty()
        ? null
        : Finding.of(String.join("; ", texts), Map.of("channels", channels));
  }

  private static String text(ChannelState state, Instant since) {
    List<String> parts = new ArrayList<>();
    if (state.parked() > 0) {
      String messages = state.parked() == 1 ? "message" : "messages";
      parts.add("%s parked %s for %s".formatted(state.parked(), messages, state.channel()));
    }
    if (since != null) {
      parts.add(state.channel() + " not reached since " + since);
    }
    return String.join(", ", parts);
  }

  private static Map<String, Object> detail(ChannelState state, Instant since) {
    Map<String, Object> detail = new HashMap<>();
    detail.put("channel", state.channel());
    detail.put("parked", state.parked());
    if (since != null) {
      detail.put("notReachedSince", since.toString());
    }
    return detail;
  }
}
