package io.github.camelakeeba.run.store;

import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.BackupRequest.TakenBackup;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.store.NodeTable;
import io.github.camelakeeba.store.SqlTime;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.jdbc.core.JdbcTemplate;

/** The rows of requests: how they are found, and written. */
final class RequestRows {
  /** A run that a command queued for itself, and never began, blocks nothing once it is dead. */
  static final String NOT_ABANDONED =
      "(trigger_kind <> 'command' or active_site is not null or "
          + NodeTable.ownerAlive("run")
          + ")";

  private final JdbcTemplate jdbc;
  private final Function<String, String> hostOf;
  private final String owner;
  private final Clock clock;

  RequestRows(JdbcTemplate jdbc, Function<String, String> hostOf, String owner, Clock clock) {
    this.jdbc = jdbc;
    this.hostOf = hostOf;
    this.owner = owner;
    this.clock = clock;
  }

  /** The name of the latch that serializes the decisions about a site. */
  static String latch(String site) {
    return "site " + site;
  }

  /** In one order, since it is compared as text. */
  static String overrides(BackupRequest request) {
    return RunRowMapper.json(new TreeMap<>(request.overrides()));
  }

  /** Writes a queued run for each; gives them in the same order. */
  List<Run> insert(List<BackupRequest> requests) {
    Set<String> taken = taken(requests);
    List<Run> runs = new ArrayList<>();
    List<Object[]> rows = new ArrayList<>();
    for (BackupRequest request : requests) {
      boolean own = isOfSchedule(request) && !taken.contains(request.id());
      String id = own ? request.id() : request.site() + "-" + UUID.randomUUID();
      OffsetDateTime due = SqlTime.of(request.dueAt());
      OffsetDateTime now = SqlTime.of(clock.instant());
      TakenBackup backup = request.taken();
      runs.add(Run.queued(id, request.queued(due.toInstant()), now.toInstant(), owner));
      rows.add(
          new Object[] {
            id,
            request.id(),
            request.site(),
            hostOf.apply(request.site()),
            request.trigger(),
            request.profile(),
            request.description(),
            request.comment(),
            overrides(request),
            due,
            now,
            owner,
            request.requestedBy(),
            backup == null ? null : backup.backupid(),
            backup == null ? null : backup.recordId(),
            backup == null ? "" : backup.archive(),
            backup == null ? null : SqlTime.of(backup.begunOrEnded()),
            backup == null ? null : SqlTime.of(backup.ended())
          });
    }
    jdbc.batchUpdate(
        """
        insert into run (id, request_id, site, host, state, trigger_kind, profile, description,
          comment_text, overrides, due_at, queued_at, owner, requested_by,
          backupid, record_id, archive, taken_from, taken_until)
        values (?, ?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        rows);
    runs.stream().filter(Run::taken).forEach(this::insertRecord);
    return runs;
  }

  /** What a run has judged is not found again. */
  private void insertRecord(Run run) {
    jdbc.update(
        "insert into own_record (site, run, backupid, record_id) values (?, ?, ?, ?)",
        run.site(),
        run.id(),
        run.backup().backupid(),
        run.backup().recordId());
  }

  /** A clock that went ahead may have made the run of a fire time before. */
  private Set<String> taken(List<BackupRequest> requests) {
    String[] ids =
        requests.stream()
            .filter(RequestRows::isOfSchedule)
            .map(BackupRequest::id)
            .toArray(String[]::new);
    return ids.length == 0
        ? Set.of()
        : Set.copyOf(
            jdbc.queryForList("select id from run where id = any(?)", String.class, (Object) ids));
  }

  private static boolean isOfSchedule(BackupRequest request) {
    return request.id() != null && request.trigger().equals("schedule");
  }
}
