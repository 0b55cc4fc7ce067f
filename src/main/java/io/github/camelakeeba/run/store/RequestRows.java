package io.github.camelakeeba.run.store;

import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.BackupRequest.TakenBackup;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.store.NodeTable;
import io.github.camelakeeba.store.RowChange;
import io.github.camelakeeba.store.SqlTime;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/** The rows of requests: how they are found, and written. */
final class RequestRows {
  /** A run that a command queued for itself, and never began, blocks nothing once it is dead. */
  static final String NOT_ABANDONED =
      "(trigger_kind <> 'command' or active_site is not null or "
          + NodeTable.ownerAlive("run")
          + ")";

  /** Which run a request has become. */
  static final String INSERT_REQUEST = "insert into request (id, run) values (?, ?)";

  private static final String INSERT =
      """
      insert into run (id, request_id, site, host, state, trigger_kind, profile, description,
        comment_text, overrides, due_at, queued_at, owner, requested_by,
        backupid, record_id, archive, taken_from, taken_until)
      values (?, ?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String INSERT_RECORD =
      "insert into own_record (site, run, backupid, record_id) values (?, ?, ?, ?)";

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
    return request.overrides().isEmpty()
        ? "{}"
        : RunRowMapper.json(new TreeMap<>(request.overrides()));
  }

  /**
   * A run as its request makes it.
   *
   * @param row writes it
   * @param rest what is written with it, or not at all: its request's id, and the record on the
   *     site of a backup that another client took, since what a run has judged is not found again
   */
  record NewRun(Run run, RowChange row, List<RowChange> rest) {}

  NewRun newRun(BackupRequest request) {
    return newRun(request, taken(List.of(request)));
  }

  /** Writes a queued run for each, and its request's id; gives the runs in the same order. */
  List<Run> insert(List<BackupRequest> requests) {
    if (requests.isEmpty()) {
      return List.of();
    }
    Set<String> taken = taken(requests);
    List<NewRun> runs = requests.stream().map(request -> newRun(request, taken)).toList();
    RowChange.writeAll(jdbc, runs.stream().map(NewRun::row).toList());
    runs.stream()
        .flatMap(run -> run.rest().stream())
        .collect(Collectors.groupingBy(RowChange::sql))
        .values()
        .forEach(changes -> RowChange.writeAll(jdbc, changes));
    return runs.stream().map(NewRun::run).toList();
  }

  private NewRun newRun(BackupRequest request, Set<String> taken) {
    boolean own = isOfSchedule(request) && !taken.contains(request.id());
    String id = own ? request.id() : request.site() + "-" + UUID.randomUUID();
    OffsetDateTime due = SqlTime.of(request.dueAt());
    OffsetDateTime now = SqlTime.of(clock.instant());
    TakenBackup backup = request.taken();
    Run run = Run.queued(id, request.queued(due.toInstant()), now.toInstant(), owner);
    RowChange row =
        RowChange.of(
            INSERT,
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
            backup == null ? null : SqlTime.of(backup.ended()));
    List<RowChange> rest = new ArrayList<>();
    if (request.id() != null) {
      rest.add(RowChange.of(INSERT_REQUEST, request.id(), id));
    }
    if (backup != null) {
      rest.add(RowChange.of(INSERT_RECORD, run.site(), id, backup.backupid(), backup.recordId()));
    }
    return new NewRun(run, row, rest);
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
