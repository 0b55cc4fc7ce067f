package io.github.camelakeeba.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.TransactionSystemException;

/** What is said of a store that can't be used is what is wrong with it. */
@Tag("fault")
class TransientStoreErrorsTest {
  @TempDir Path folder;

  @Test
  void a_file_that_can_only_be_read_is_told_as_such_at_the_start() {
    Database.file(folder, 2).close();

    String options = ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE";
    String url = "jdbc:h2:file:" + folder.resolve("backup") + options + ";ACCESS_MODE_DATA=r";
    Throwable thrown = catchThrowable(() -> Database.open(url, "sa", null, 2));

    assertThat(TransientStoreErrors.reason(thrown)).isEqualTo("The database is read only");
  }

  @Test
  void a_connection_that_broke_is_trouble_also_when_the_rollback_failed_of_it() {
    TransactionSystemException rollback =
        new TransactionSystemException(
            "JDBC rollback failed", new SQLException("Connection is closed"));
    assertThat(TransientStoreErrors.isTransient(rollback)).isFalse();
    rollback.initApplicationException(
        new DataAccessResourceFailureException("gone", new SQLException("broken", "08006")));
    assertThat(TransientStoreErrors.isTransient(rollback)).isTrue();
  }

  @Test
  void a_pool_without_a_free_connection_is_told_from_a_store_that_is_away() throws Exception {
    Database database = Database.memory("dry", 2);
    database.dataSource().getHikariConfigMXBean().setConnectionTimeout(250);
    Throwable dry;
    try (Connection one = database.dataSource().getConnection();
        Connection two = database.dataSource().getConnection()) {
      dry = catchThrowable(() -> database.jdbc().execute("select 1"));
    }
    assertThat(TransientStoreErrors.isTransient(dry)).isTrue();
    assertThat(TransientStoreErrors.isPoolExhausted(dry)).isTrue();
    database.availability().recordFailure(dry);
    assertThat(database.availability().unavailable()).isFalse();
    database.close();

    Throwable away = catchThrowable(() -> database.jdbc().execute("select 1"));
    assertThat(TransientStoreErrors.isPoolExhausted(away)).isFalse();
  }

  @Test
  void what_failed_in_the_commit_may_have_been_taken() {
    assertThat(
            TransientStoreErrors.isCommitFailure(
                new DataAccessResourceFailureException(
                    "JDBC commit; connection reset", new SQLException("reset", "08006"))))
        .isTrue();
    assertThat(
            TransientStoreErrors.isCommitFailure(
                new DataAccessResourceFailureException(
                    "PreparedStatementCallback; reset", new SQLException("reset", "08006"))))
        .isFalse();
  }

  @Test
  void who_is_interrupted_while_waiting_for_a_connection_has_written_nothing() {
    SQLException interrupted =
        new SQLException("Interrupted during connection acquisition", new InterruptedException());
    assertThat(TransientStoreErrors.isTransient(new IllegalStateException(interrupted))).isTrue();
  }
}
