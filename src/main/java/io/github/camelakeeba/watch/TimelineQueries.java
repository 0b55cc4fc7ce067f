package io.github.camelakeeba.watch;

import io.github.camelakeeba.notify.text.HumanFormat;
import io.github.camelakeeba.run.store.RunQueries;
import io.github.camelakeeba.run.timeline.RunTimeline;
import io.github.camelakeeba.run.timeline.TimelineEntry;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The timeline of a run. Its own row, and the messages about it, say when it was queued, stopped
 * and ended, and who was told: only what happened in between is written as entries.
 */
public final class TimelineQueries {
  private static final String RUN =
      """
      select id, site, trigger_kind, requested_by, state, queued_at, ended_at, stop_asked, steps, size,
        warning_count, error_kind, error_message, timeline, noted
      from run where id = ?
      """;

  /** By the events' ids, which the table has an index of. */
  private static final String MESSAGES =
      """
      select event_id, channel, attempts, delivered_at, parked_at, last_error from outbox
      where event_id in (?, ?, ?, ?, ?) and (delivered_at is not null or parked_at is not null)
      order by coalesce(delivered_at, parked_at), id limit 50
      """;

  private final Database database;

  public TimelineQueries(Database database) {
    this.database = database;
  }

  private record Stored(
      String site,
      int noted,
      List<TimelineEntry> asked,
      List<TimelineEntry> own,
      List<TimelineEntry> end) {}

  /**
   * The oldest first, at most {@value RunTimeline#MAX_ENTRIES}; a last one counts what is left out.
   * Nothing where there is no such run.
   */
  public Optional<List<TimelineEntry>> of(String run) {
    return database.sql(RUN).param(run).query(this::stored).optional().map(row -> all(run, row));
  }

  /** The same with the run itself. */
  public Optional<RunStory> story(String run) {
    return new RunQueries(database)
        .view(run)
        .flatMap(view -> of(run).map(entries -> new RunStory(view, entries)));
  }

  private Stored stored(ResultSet row, int number) throws SQLException {
    List<TimelineEntry> own =
        row.getString("timeline")
            .lines()
            .distinct() // stored again where the store had gone after a commit
            .flatMap(line -> TimelineEntry.of(line).stream())
            .toList();
    List<TimelineEntry> asked = new ArrayList<>();
    asked.add(new TimelineEntry(SqlTime.instant(row, "queued_at"), "queued", queued(row)));
    Instant stopped = SqlTime.instant(row, "stop_asked");
    if (stopped != null) {
      asked.add(new TimelineEntry(stopped, "stop-asked", "A user asked for a stop"));
    }
    Instant ended = SqlTime.instant(row, "ended_at");
    List<TimelineEntry> end =
        ended == null
            ? List.of()
            : List.of(new TimelineEntry(last(ended, own), row.getString("state"), end(row)));
    return new Stored(row.getString("site"), row.getInt("noted"), asked, own, end);
  }

  /** A run ends with the site's last answer; what was checked behind it still comes first. */
  private static Instant last(Instant ended, List<TimelineEntry> own) {
    return own.stream()
        .map(TimelineEntry::at)
        .filter(ended::isBefore)
        .max(Comparator.naturalOrder())
        .orElse(ended);
  }

  private static String queued(ResultSet row) throws SQLException {
    return row.getString("trigger_kind").equals("watch")
        ? "Found on the site, another client took it: "
            + UntrustedText.asName(row.getString("requested_by").replaceFirst("^watch:", ""))
        : "Queued, requested by: " + requester(row);
  }

  private static String requester(ResultSet row) throws SQLException {
    String trigger = row.getString("trigger_kind");
    String name = row.getString("requested_by");
    return name == null || name.equals(trigger)
        ? trigger
        : "%s (%s)".formatted(trigger, UntrustedText.asName(name));
  }

  private static String end(ResultSet row) throws SQLException {
    String kind = row.getString("error_kind");
    if (kind != null) {
      return "Failed (%s): %s"
          .formatted(kind, UntrustedText.asReason(row.getString("error_message")));
    }
    int warnings = row.getInt("warning_count");
    return "Completed%s: %s in %s steps"
        .formatted(
            warnings == 0 ? "" : " with warnings (" + warnings + ")",
            HumanFormat.size(row.getLong("size")),
            row.getInt("steps"));
  }

  private List<TimelineEntry> all(String run, Stored row) {
    List<TimelineEntry> told = messages(run, row.site());
    int room = RunTimeline.MAX_ENTRIES - row.asked().size() - row.end().size() - told.size();
    List<TimelineEntry> all = new ArrayList<>(row.asked());
    all.addAll(row.own().subList(0, Math.min(room, row.own().size())));
    all.addAll(row.end());
    all.addAll(told);
    all.sort(Comparator.comparing(TimelineEntry::at)); // keeps the order of those of one moment
    int more = Math.max(row.noted(), row.own().size()) - Math.min(room, row.own().size());
    if (row.own().size() > room || row.noted() > RunTimeline.MAX_ENTRIES) {
      Instant last = all.get(all.size() - 1).at();
      all.add(new TimelineEntry(last, "more", String.format(Locale.ROOT, "… and %,d more", more)));
    }
    return all;
  }

  private List<TimelineEntry> messages(String run, String site) {
    return database
        .sql(MESSAGES)
        .params(
            run + "/started",
            run + "/completed",
            run + "/warning",
            run + "/failed",
            site + "/recovered/" + run)
        .query(TimelineQueries::message)
        .list();
  }

  private static TimelineEntry message(ResultSet row, int number) throws SQLException {
    String channel = row.getString("channel");
    String state = row.getString("event_id").replaceFirst(".*/recovered/.*", "recovered");
    state = state.substring(state.lastIndexOf('/') + 1);
    int attempts = row.getInt("attempts");
    String tries = attempts > 1 ? " at attempt " + attempts : "";
    Instant delivered = SqlTime.instant(row, "delivered_at");
    return delivered != null
        ? new TimelineEntry(
            delivered, "delivered", "%s was told: %s%s".formatted(channel, state, tries))
        : new TimelineEntry(
            SqlTime.instant(row, "parked_at"),
            "parked",
            "%s could not be told (%s), the message is parked: %s"
                .formatted(channel, state, UntrustedText.asCause(row.getString("last_error"))));
  }
}
