package io.github.camelakeeba.keep;

import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The archives that are home, in the database: nothing else is ever deleted there. */
final class ArchiveCatalog {
  private final Database database;

  ArchiveCatalog(Database database) {
    this.database = database;
  }

  Optional<StoredArchive> find(String site, String backupid) {
    return select("site = ? and backupid = ?", site, backupid).stream().findFirst();
  }

  /** Those of one profile at one place. */
  List<StoredArchive> findAt(String site, int profile, String place) {
    return select("site = ? and profile = ? and place = ?", site, profile, place);
  }

  private List<StoredArchive> select(String which, Object... values) {
    String sql = "select * from archive where " + which;
    return database.retry(
        () -> database.sql(sql).params(values).query(ArchiveCatalog::read).list());
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
                  SqlTime.of(kept.startedAt()),
                  SqlTime.of(now),
                  kept.location(),
                  kept.local(),
                  String.join("\n", kept.files()),
                  kept.size(),
                  kept.verified());
        });
  }

  void remove(StoredArchive kept) {
    database
        .jdbc()
        .update(
            "delete from archive where site = ? and backupid = ?", kept.site(), kept.backupid());
  }

  private static StoredArchive read(ResultSet row, int number) throws SQLException {
    return new StoredArchive(
        row.getString("site"),
        row.getString("backupid"),
        row.getLong("record_id"),
        row.getInt("profile"),
        SqlTime.instant(row, "begun_at"),
        row.getString("place"),
        row.getBoolean("local"),
        List.of(row.getString("files").split("\n")),
        row.getLong("size"),
        row.getBoolean("readable"));
  }
}
