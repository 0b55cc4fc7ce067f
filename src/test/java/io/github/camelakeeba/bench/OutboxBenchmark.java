package io.github.camelakeeba.bench;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.config.SignatureSettings;
import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.EventCopies;
import io.github.camelakeeba.event.EventJson;
import io.github.camelakeeba.event.EventSource;
import io.github.camelakeeba.event.OutboxEntry;
import io.github.camelakeeba.event.Recipient;
import io.github.camelakeeba.outbox.Delivery;
import io.github.camelakeeba.outbox.DeliveryException;
import io.github.camelakeeba.outbox.Outbox;
import io.github.camelakeeba.outbox.OutboxQueries;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.store.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What each statement of the outbox takes with many rows. By hand:
 *
 * <pre>mvn -q -Pbench test -Dbench=OutboxBenchmark -Dargs="h2 100000 5000"</pre>
 *
 * Arguments: h2 or postgres, delivered rows, open rows of one channel; as many more rows of it wait
 * in a digest of 50 warnings each.
 */
public final class OutboxBenchmark {
  private OutboxBenchmark() {}

  /** See the class. */
  public static void main(String[] arguments) throws Exception {
    int delivered = Integer.parseInt(arguments[1]);
    int open = Integer.parseInt(arguments[2]);
    if (arguments[0].equals("h2")) {
      Path folder = Files.createTempDirectory("outbox");
      try (Database database = Database.file(folder, 10)) {
        measure(database, delivered, open);
      }
    } else {
      try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
          Database database =
              Database.open(postgres.getJdbcUrl("postgres", "postgres"), "postgres", null, 10)) {
        measure(database, delivered, open);
      }
    }
    System.exit(0);
  }

  private static void measure(Database database, int delivered, int open) {
    JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
    String event =
        "{\"specversion\":\"1.0\",\"id\":\"event-1\",\"source\":\"/sites/s\",\"type\":\"t\",\"subject\":\"s\","
            + "\"time\":\"2026-11-22T00:30:00Z\",\"datacontenttype\":\"application/json\",\"data\":{\"site\":\"s\","
            + "\"state\":\"completed\",\"warnings\":{\"count\":50,\"texts\":[TEXTS]}}}";
    new EventJson().read(event.replace("TEXTS", ""));
    rows(jdbc, "done", delivered, event.replace("TEXTS", ""), true);
    rows(jdbc, "hook", delivered, event.replace("TEXTS", ""), true);
    rows(jdbc, "hook", open, event.replace("TEXTS", ""), false);
    System.out.println("rows: " + jdbc.queryForList("select count(*) from outbox"));
    for (String node : List.of("a", "b")) {
      jdbc.update(
          "insert into node (id, alive_until) values (?, current_timestamp + interval '1' hour)",
          node);
    }
    Map<String, Channel> channels = new LinkedHashMap<>();
    for (String name : List.of("done", "hook", "digest")) {
      channels.put(
          name,
          new Channel.Webhook(
              name, new Secret("https://127.0.0.1/x"), SignatureSettings.NONE, Map.of(), null));
    }
    Outbox outbox =
        new Outbox(
            database,
            "a",
            Clock.systemUTC(),
            channels,
            Duration.ofHours(24),
            Duration.ofSeconds(5),
            EventSource.of("urn:example:backup"),
            (channel, well) -> {},
            Timings.SHIPPED);
    List<String> texts = Collections.nCopies(50, "w".repeat(1000));
    Event sample =
        new EventJson().read(event.replace("TEXTS", '"' + String.join("\",\"", texts) + '"'));
    Instant now = Instant.now();
    time(
        "put of a digest's rows",
        () -> {
          for (int i = 0; i < open; i++) {
            Recipient to = new Recipient("digest", "digest 1d", now.plus(Duration.ofDays(1)));
            outbox.enqueueEntry(
                new OutboxEntry(EventCopies.id(sample, "digest-" + i), List.of(to)));
          }
        });
    for (int round = 1; round <= 3; round++) {
      System.out.println("round " + round);
      time("due of a channel with nothing open", () -> outbox.dueDeliveries("done"));
      List<Delivery> due = new ArrayList<>();
      time("due of a channel with much open", () -> due.addAll(outbox.dueDeliveries("hook")));
      time("take, 100 times", () -> due.subList(0, 100).forEach(outbox::claim));
      time(
          "failed, 50 times",
          () ->
              due.subList(50, 100)
                  .forEach(one -> outbox.markFailed(one, new DeliveryException("no answer"))));
      // the last, so that the channel counts as well, and the next round finds something due
      time("delivered, 50 times", () -> due.subList(0, 50).forEach(outbox::markDelivered));
      OutboxQueries view = new OutboxQueries(database.dataSource(), channels);
      time("status: channels", view::channelStates);
      time("metrics: counts", view::channelCounts);
    }
    jdbc.update("update outbox set due_at = created_at where channel = 'digest'");
    System.gc();
    time("due of a digest", () -> outbox.dueDeliveries("digest"));
    System.out.printf("heap in use at most %d MiB%n", peak());
    List<Delivery> digest = outbox.dueDeliveries("digest");
    time("take of a digest", () -> outbox.claim(digest.get(0)));
    time("delivered of a digest", () -> outbox.markDelivered(digest.get(0)));
  }

  private static long peak() {
    return java.lang.management.ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
            .mapToLong(pool -> pool.getPeakUsage().getUsed())
            .sum()
        >> 20;
  }

  private static void time(String what, Runnable work) {
    long begin = System.nanoTime();
    work.run();
    System.out.printf("%-40s %9.1f ms%n", what, (System.nanoTime() - begin) / 1e6);
  }

  private static void rows(
      JdbcTemplate jdbc, String channel, int count, String event, boolean done) {
    OffsetDateTime past = OffsetDateTime.now(ZoneOffset.UTC).minusHours(1);
    List<Object[]> batch = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = channel + "-" + done + "-" + i;
      batch.add(
          new Object[] {
            id + "/completed", channel, id, event, past, past, past, done ? past : null
          });
      if (batch.size() == 1000 || i == count - 1) {
        jdbc.batchUpdate(
            "insert into outbox (event_id, channel, subject, event, created_at, due_at, ready_at, delivered_at) values (?, ?, ?, ?, ?, ?, ?, ?)",
            batch);
        batch.clear();
      }
    }
  }
}
