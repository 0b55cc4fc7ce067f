package io.github.camelakeeba.inspection;

import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.archive.ChecksumFile;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.inspection.Judgement.Verdict;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SqlTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** When the sites are inspected, a row each, and what is known of their backups. */
public final class InspectionStore {
  private static final int MAX_NOTE_LENGTH = 1_500; // characters

  /** Failures of a run that are failures of the backup. */
  private static final Set<String> OF_THE_BACKUP =
      Set.of(
          ErrorKind.VERIFICATION.word(),
          ErrorKind.RESTARTED_ON_SERVER.word(),
          ErrorKind.UNTRUSTED.word(),
          ErrorKind.BACKUP_ERROR.word(),
          ErrorKind.OUT_OF_ORDER.word());

  private final Database database;

  public InspectionStore(Database database) {
    this.database = database;
  }

  /**
   * From now on exactly these sites are inspected.
   *
   * @param first when a new one is inspected first
   * @param latest one that is due later than this is due as a new one
   */
  void follow(
      Set<String> sites, Function<String, Instant> first, Function<String, Instant> latest) {
    Map<String, Instant> known = new HashMap<>();
    database
        .jdbc()
        .query(
            "select site, due_at from site_inspection",
            row -> {
              known.put(row.getString("site"), SqlTime.instant(row, "due_at"));
            });
    for (String site : sites) {
      if (!known.containsKey(site)) {
        database
            .jdbc()
            .update(
                "insert into site_inspection (site, due_at) values (?, ?) on conflict do nothing",
                site,
                SqlTime.of(first.apply(site)));
      } else if (known.get(site).isAfter(latest.apply(site))) {
        hasten(site, first.apply(site));
      }
    }
    known.keySet().stream()
        .filter(site -> !sites.contains(site))
        .forEach(
            site -> database.jdbc().update("delete from site_inspection where site = ?", site));
  }

  /** The site is inspected at this time, if it would be later. */
  public void hasten(String site, Instant due) {
    database
        .jdbc()
        .update(
            "update site_inspection set due_at = ? where site = ? and due_at > ?",
            SqlTime.of(due),
            site,
            SqlTime.of(due));
  }

  /** The site is inspected at this time, and not before. */
  void postpone(String site, Instant due) {
    database
        .jdbc()
        .update("update site_inspection set due_at = ? where site = ?", SqlTime.of(due), site);
  }

  /**
   * The sites that are due and not claimed, and have no run that has not ended: first the oldest.
   */
  List<String> due(Instant now, int limit) {
    return database
        .sql(
            """
            select i.site from site_inspection i
            where i.due_at <= ? and (i.claimed_until is null or i.claimed_until < ?)
              and not exists (select 1 from run a where a.active_site = i.site)
              and not exists (select 1 from run q where q.site = i.site and q.state = 'queued')
            order by i.due_at, i.site limit ?
            """)
        .params(SqlTime.of(now), SqlTime.of(now), limit)
        .query(String.class)
        .list();
  }

  /** How many runs are running on the host, of all nodes. */
  int runsOn(String host) {
    return database.count("run where running_on = ?", host);
  }

  /** Those that a node is inspecting now. */
  List<String> claimed(Instant now) {
    return database
        .sql("select site from site_inspection where claimed_until >= ?")
        .param(SqlTime.of(now))
        .query(String.class)
        .list();
  }

  /** False when another node has. */
  boolean claim(String site, Instant now, Duration time) {
    return database
            .jdbc()
            .update(
                """
                update site_inspection set claimed_until = ?
                where site = ? and due_at <= ? and (claimed_until is null or claimed_until < ?)
                """,
                SqlTime.of(now.plus(time)),
                site,
                SqlTime.of(now),
                SqlTime.of(now))
        > 0;
  }

  /** The inspection has ended. */
  void close(Inspection inspection, Instant now, Instant next) {
    Event.Error note = inspection.note();
    database
        .jdbc()
        .update(
            """
            update site_inspection set claimed_until = null, due_at = ?, inspected_at = ?,
              unanswered = case when ? then null else coalesce(unanswered, ?) end,
              note_kind = ?, note = ?
            where site = ?
            """,
            SqlTime.of(next),
            SqlTime.of(now),
            inspection.answered(),
            SqlTime.of(now),
            note == null ? null : note.kind(),
            note == null ? null : UntrustedText.limited(note.message(), MAX_NOTE_LENGTH),
            inspection.siteName());
  }

  /**
   * What the last inspection of a site has brought.
   *
   * @param at when it ended; null: there was none
   * @param note why there is no newer good backup; null: nothing is wrong
   */
  public record LastInspection(Instant at, Event.Error note) {
    /** There was none. */
    public static final LastInspection NONE = new LastInspection(null, null);
  }

  /** Of this site. */
  public LastInspection last(String site) {
    return database
        .sql("select * from site_inspection where site = ?")
        .param(site)
        .query(InspectionStore::last)
        .optional()
        .orElse(LastInspection.NONE);
  }

  private static LastInspection last(ResultSet row, int number) throws SQLException {
    String note = row.getString("note");
    Instant silent = SqlTime.instant(row, "unanswered");
    String text = silent == null ? note : "Since %s: %s".formatted(silent, note);
    return new LastInspection(
        SqlTime.instant(row, "inspected_at"),
        note == null ? null : new Event.Error(row.getString("note_kind"), text));
  }

  /** The last good backup of a site, as far as its run is not forgotten. */
  Optional<LastGood> lastGood(String site) {
    return database
        .sql(
            """
            select r.record_id, r.backupid, r.archive, r.size, r.ended_at,
              exists (select 1 from archive a where a.site = r.site and a.backupid = r.backupid
                and a.damaged_at is null) as at_home
            from standing s join run r on r.id = s.last_good_run
            where s.site = ? and r.record_id is not null
            """)
        .param(site)
        .query(
            (row, number) ->
                new LastGood(
                    row.getLong("record_id"),
                    row.getString("backupid"),
                    row.getString("archive"),
                    row.getLong("size"),
                    SqlTime.instant(row, "ended_at"),
                    row.getBoolean("at_home")))
        .optional();
  }

  /**
   * Whether a file of the backup's copy here is gone. Nothing is known of a folder that is not
   * there, as when its disk is not mounted, or that belongs to another node: the list of checksums
   * in it is another then.
   */
  boolean hasLostCopy(String site, String backupid) {
    return database
        .sql("select place, files from archive where site = ? and backupid = ? and local")
        .params(site, backupid)
        .query(
            (row, number) ->
                hasLost(
                    Path.of(row.getString("place")), List.of(row.getString("files").split("\n"))))
        .list()
        .contains(true);
  }

  private static boolean hasLost(Path folder, List<String> files) {
    Set<String> listed = new ChecksumFile(folder).entries().keySet();
    return files.stream().anyMatch(listed::contains)
        && !files.stream().allMatch(name -> Files.isRegularFile(folder.resolve(name)));
  }

  /** Whether the site has a run that has not ended: a backup that was found is being verified. */
  public boolean hasOpenRun(String site) {
    return database.count("run where site = ? and state in ('queued', 'running')", site) > 0;
  }

  /** Whether the copy of a backup that was downloaded is known to be damaged. */
  boolean isDamagedAtHome(String site, String backupid) {
    return database.count(
            "archive where site = ? and backupid = ? and damaged_at is not null", site, backupid)
        > 0;
  }

  /** What our runs have found out about this backup, which they took, or only verified. */
  Judgement judgement(String site, BackupRecord record) {
    List<Judgement> runs =
        database
            .sql(
                """
                select r.state, r.error_kind, r.error_message, r.taken_until
                from own_record o join run r on r.id = o.run
                where o.site = ? and o.backupid = ? and (o.record_id is null or o.record_id = ?)
                order by r.queued_at desc, r.id desc
                """)
            .params(site, record.backupid(), record.id())
            .query(InspectionStore::judgement)
            .list();
    return runs.isEmpty()
        ? Judgement.NONE
        : new Judgement(runs.get(0).verdict(), runs.size(), runs.get(0).failure());
  }

  private static Judgement judgement(ResultSet row, int number) throws SQLException {
    String kind = row.getString("error_kind");
    return switch (row.getString("state")) {
      case "completed", "warning" -> new Judgement(Verdict.GOOD, 1, null);
      case "failed" ->
          new Judgement(
              kind.equals(ErrorKind.STOPPED.word())
                  ? Verdict.LEFT
                  // our own run may have lost rows, or was never finished: nobody knows what it is
                  : row.getObject("taken_until") == null || OF_THE_BACKUP.contains(kind)
                      ? Verdict.BAD
                      : Verdict.UNDECIDED,
              1,
              new Event.Error(kind, row.getString("error_message")));
      default -> new Judgement(Verdict.LEFT, 1, null);
    };
  }
}
