package io.github.camelakeeba.event;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects entries of a digest, a second after each other. */
public final class SampleDigests {
  public static final Instant START = Instant.parse("2026-11-22T00:30:00Z");

  private final List<Digest.Entry> entries = new ArrayList<>();
  private String reason = "digest";

  static Digest.Entry entry(String state, String site, Instant time, Event.Error error) {
    boolean good = List.of("completed", "warning", "recovered").contains(state);
    boolean lasting = List.of("missed", "recovered").contains(state);
    return new Digest.Entry(
        site + "/" + state + "/" + time,
        time,
        site,
        state,
        site + "@" + time,
        "site-" + site + ".jpa",
        good ? 2_621_440 : 0,
        "started".equals(state) || "missed".equals(state) ? null : (Long) 3_200L,
        "warning".equals(state) ? 2 : 0,
        error,
        good && !lasting ? null : START.minus(Duration.ofDays(2)),
        lasting ? (Long) Duration.ofHours(52).toMillis() : null,
        good && !lasting ? 0 : 3,
        false,
        null,
        null,
        null,
        null);
  }

  public SampleDigests reason(String word) {
    this.reason = word;
    return this;
  }

  public SampleDigests and(String state, String site) {
    entries.add(entry(state, site, START.plusSeconds(entries.size()), null));
    return this;
  }

  public SampleDigests failed(String site, String kind, String message) {
    Event.Error error = new Event.Error(kind, message);
    entries.add(entry("failed", site, START.plusSeconds(entries.size()), error));
    return this;
  }

  public Digest made() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    entries.forEach(entry -> counts.merge(entry.state(), 1, Integer::sum));
    Instant until = entries.get(entries.size() - 1).time();
    return new Digest(
        Notification.SPECVERSION,
        "digests/ops/1",
        "urn:camel-akeeba-backup:6f9e7c0a-3b1d-4e8f-9a52-1c7d0e5b8f34/channels/ops",
        Digest.TYPE,
        "ops",
        until,
        Notification.JSON,
        new Digest.Data("ops", reason, START, until, counts, List.copyOf(entries)));
  }
}
