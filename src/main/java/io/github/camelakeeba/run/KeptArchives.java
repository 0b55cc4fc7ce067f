package io.github.camelakeeba.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The archives that are home, in the database: nothing else is ever deleted there. */
final class KeptArchives {
  private final Database database;

  KeptArchives(Database database) {
    this.database = database;
  }

  Optional<KeptArchive> find(String site, String backupid) {
    return database
        .insist(
            () ->
                database
                    .jdbc()
                    .query(
                        "select * from archive where site = ? and backupid = ?",
                        (row, number) -> read(row),
                        site,
                        backupid))
        .stream()
        .findFirst();
  }

  /** Those of one profile at one place. */
  List<KeptArchive> at(String site, int profile, String place) {
    return database.insist(
        () ->
            database
                .jdbc()
                .query(
                    "select * from archive where site = ? and profile = ? and place = ?",
                    (row, number) -> read(row),
                    site,
                    profile,
                    place));
  }

  /** Notes one; noted before, it is noted anew. */
  void add(KeptArchive kept, String run, Instant now) {
    database.insistTogether(
        () -> {
          remove(kept);
          return database
              .jdbc()
              .update(
                  "insert into archive (site, backupid, record_id, profile, run, begun_at, kept_at,"
                      + " place, local, files, size, readable)"
                      + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                  kept.site(),
                  kept.backupid(),
                  kept.recordId(),
                  kept.profile(),
                  run,
                  utc(kept.begun()),
                  utc(now),
                  kept.place(),
                  kept.local(),
                  String.join("\n", kept.files()),
                  kept.size(),
                  kept.readable());
        });
  }

  /** Forgets one. */
  void remove(KeptArchive kept) {
    database
        .jdbc()
        .update(
            "delete from archive where site = ? and backupid = ?", kept.site(), kept.backupid());
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  private static KeptArchive read(ResultSet row) throws SQLException {
    return new KeptArchive(
        row.getString("site"),
        row.getString("backupid"),
        row.getLong("record_id"),
        row.getInt("profile"),
        row.getObject("begun_at", OffsetDateTime.class).toInstant(),
        row.getString("place"),
        row.getBoolean("local"),
        List.of(row.getString("files").split("\n")),
        row.getLong("size"),
        row.getBoolean("readable"));
  }
}
