package io.github.camelakeeba.keep;

import io.github.camelakeeba.store.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The archives that are home, in the database: nothing else is ever deleted there. */
final class ArchiveCatalog {
  private final Database database;

  ArchiveCatalog(Database database) {
    this.database = database;
  }

  Optional<StoredArchive> find(String site, String backupid) {
    return database
        .retry(
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
  List<StoredArchive> findAt(String site, int profile, String place) {
    return database.retry(
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
  void add(StoredArchive kept, String run, Instant now) {
    database.retryInTransaction(
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
                  utc(kept.startedAt()),
                  utc(now),
                  kept.location(),
                  kept.local(),
                  String.join("\n", kept.files()),
                  kept.size(),
                  kept.verified());
        });
  }

  /** Forgets one. */
  void remove(StoredArchive kept) {
    database
        .jdbc()
        .update(
            "delete from archive where site = ? and backupid = ?", kept.site(), kept.backupid());
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  private static StoredArchive read(ResultSet row) throws SQLException {
    return new StoredArchive(
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
