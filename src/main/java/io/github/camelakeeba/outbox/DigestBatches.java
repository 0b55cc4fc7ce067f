package io.github.camelakeeba.outbox;

import io.github.camelakeeba.event.Digest;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.event.EventSource;
import io.github.camelakeeba.event.Recipient;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.store.SqlTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads the rows that go as one message, as a digest. */
public final class DigestBatches {
  private static final int PAGE_SIZE = 100; // events may be large, and each channel reads its own
  private static final int MAX_BATCHES = 5;

  private final JdbcTemplate jdbc;
  private final ParkedNotifications parkedNotifications;
  private final String owner;
  private final EventSource source;
  private final Clock clock;
  private final EventJson json = new EventJson();

  DigestBatches(
      DataSource dataSource,
      ParkedNotifications parkedNotifications,
      String owner,
      EventSource source,
      Clock clock) {
    this.jdbc = new JdbcTemplate(dataSource);
    this.parkedNotifications = parkedNotifications;
    this.owner = owner;
    this.source = source;
    this.clock = clock;
  }

  private record Batch(String name, String window, int attempts, long first) {}

  /** Nothing while another node delivers. */
  List<Delivery> dueDigests(String channel) {
    List<Delivery> due = new ArrayList<>();
    // its rows are read after the query: within, each channel would need two connections at once
    for (Batch batch : batches(channel)) {
      List<Digest.Entry> entries = entries(channel, batch);
      if (!entries.isEmpty()) {
        String id = "digests/" + batch.name();
        Digest digest = Digest.of(source, id, channel, reason(batch.window()), entries);
        due.add(new Delivery(channel, digest, batch.attempts(), batch.first(), batch.name()));
      }
    }
    return due;
  }

  private List<Batch> batches(String channel) {
    return jdbc.query(
        "select batch, min(waits_in) as waits_in, min(id) as first, max(attempts) as attempts "
            + "from outbox where "
            + DeliveryWindows.WAITING
            + "and batch is not null and due_at <= ? and "
            + Outbox.ROW_CLAIMABLE
            + " and "
            + Outbox.CHANNEL_CLAIMABLE
            + " group by batch order by first limit "
            + MAX_BATCHES,
        (row, number) ->
            new Batch(
                row.getString("batch"),
                row.getString("waits_in"),
                row.getInt("attempts"),
                row.getLong("first")),
        channel,
        SqlTime.of(clock.instant()),
        owner,
        owner,
        channel);
  }

  private List<Digest.Entry> entries(String channel, Batch batch) {
    List<Digest.Entry> entries = new ArrayList<>();
    Map<Long, String> unreadable = new LinkedHashMap<>();
    long after = 0;
    while (after >= 0) {
      after = readPage(batch.name(), after, entries, unreadable);
    }
    unreadable.forEach((row, reason) -> parkedNotifications.parkUnreadable(channel, row, reason));
    return entries;
  }

  private static String reason(String window) {
    return window.equals(Recipient.QUIET)
        ? "quiet"
        : window.startsWith(Recipient.GATHER) ? "gathered" : "digest";
  }

  /** Adds the next rows; gives the last one's number, or -1 when there are no more. */
  private long readPage(
      String batch, long after, List<Digest.Entry> entries, Map<Long, String> unreadable) {
    long[] last = {-1};
    jdbc.query(
        "select id, event from outbox where batch = ? and id > ? order by id limit " + PAGE_SIZE,
        row -> {
          last[0] = row.getLong("id");
          try {
            Digest.Entry entry = toEntry(json.read(row.getString("event")));
            Objects.requireNonNull(entry.time());
            Objects.requireNonNull(entry.state());
            entries.add(entry);
          } catch (IllegalArgumentException | NullPointerException e) {
            unreadable.put(last[0], String.valueOf(e.getMessage()));
          }
        },
        batch,
        after);
    return last[0];
  }

  public static Digest.Entry toEntry(Event event) {
    Event.Data data = event.data();
    Event.Error error =
        data.error() == null
            ? null
            : new Event.Error(
                data.error().kind(),
                UntrustedText.limited(data.error().message(), UntrustedText.CAUSE_LENGTH));
    return new Digest.Entry(
        event.id(),
        event.time(),
        data.site(),
        data.state(),
        data.run(),
        data.archive(),
        data.size(),
        data.durationMs(),
        data.warnings().count(),
        error,
        data.lastGoodAt(),
        data.gapMs(),
        data.failures(),
        data.reminder(),
        data.proof() == null ? null : data.proof().server(),
        data.proof() == null ? null : data.proof().tables(),
        data.proof() == null ? null : data.proof().rows(),
        data.proof() == null
            ? null
            : UntrustedText.limited(data.proof().reason(), UntrustedText.CAUSE_LENGTH));
  }
}
