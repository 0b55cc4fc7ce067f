package io.github.camelakeeba.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The PostgreSQL that tests use, but one that writes each commit to the disk. */
final class BenchPostgres implements AutoCloseable {
  private final EmbeddedPostgres postgres;

  /** Committed transactions, rows written, bytes of write-ahead log. */
  record Work(long commits, long rows, long walBytes) {
    static final Work NONE = new Work(0, 0, 0);

    Work less(Work other) {
      return new Work(commits - other.commits, rows - other.rows, walBytes - other.walBytes);
    }
  }

  BenchPostgres() throws IOException, SQLException {
    postgres =
        EmbeddedPostgres.builder()
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .start();
    if (!"on".equals(ask("show fsync")) || !"on".equals(ask("show synchronous_commit"))) {
      throw new IllegalStateException("this PostgreSQL does not write its commits to the disk");
    }
  }

  /** Of the user postgres, who needs no password. */
  String url() {
    return postgres.getJdbcUrl("postgres", "postgres");
  }

  /** The server and the processes of its connections. */
  ProcessFigures figures() throws SQLException {
    String postmaster = ask("select split_part(pg_read_file('postmaster.pid'), chr(10), 1)");
    return ProcessFigures.of(Long.parseLong(postmaster));
  }

  /** What it has done so far; a second may pass until a transaction is counted. */
  Work work() throws SQLException {
    return new Work(
        Long.parseLong(ask("select sum(xact_commit) from pg_stat_database")),
        Long.parseLong(
            ask("select sum(n_tup_ins + n_tup_upd + n_tup_del) from pg_stat_user_tables")),
        Long.parseLong(ask("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint")));
  }

  /** On average, without indexes. */
  double bytesOfRun() throws SQLException {
    return Double.parseDouble(ask("select coalesce(avg(pg_column_size(run)), 0) from run"));
  }

  private String ask(String sql) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  @Override
  public void close() throws IOException {
    postgres.close();
  }
}
