package io.github.camelakeeba.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.h2.api.ErrorCode;
import org.h2.mvstore.DataUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
  void a_folder_that_can_not_be_written_is_told_with_what_to_do() throws Exception {
    Throwable denied = new UncheckedIOException(new AccessDeniedException("/srv/backup/data"));
    assertThat(TransientStoreErrors.reason(denied))
        .isEqualTo(
            "permission denied for /srv/backup/data; let it belong to the user "
                + System.getProperty("user.name"));

    Path file = Files.createFile(folder.resolve("data"));
    Throwable noFolder = catchThrowable(() -> Database.file(file, 2));
    assertThat(TransientStoreErrors.reason(noFolder))
        .isEqualTo(file + " is no folder; move it elsewhere");
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
    Database database = CopiedStore.memory("dry", 2);
    database.dataSource().getHikariConfigMXBean().setConnectionTimeout(250);
    List<Connection> all = new ArrayList<>();
    for (int i = 0; i < database.dataSource().getMaximumPoolSize(); i++) {
      all.add(database.dataSource().getConnection());
    }
    Throwable dry = catchThrowable(() -> database.jdbc().execute("select 1"));
    for (Connection connection : all) {
      connection.close();
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

  @ParameterizedTest
  @ValueSource(
      ints = {
        ErrorCode.DATABASE_IS_CLOSED,
        ErrorCode.DATABASE_CALLED_AT_SHUTDOWN,
        ErrorCode.DATABASE_IS_READ_ONLY,
        ErrorCode.CONNECTION_BROKEN_1,
        ErrorCode.IO_EXCEPTION_1,
        ErrorCode.IO_EXCEPTION_2,
        ErrorCode.FILE_CORRUPTED_1
      })
  void the_numbers_by_which_h2_says_that_it_has_closed_itself_are_those_of_its_jar(int code) {
    SQLException thrown = new SQLException("closed", "HY000", code);
    assertThat(TransientStoreErrors.isTransient(new IllegalStateException(thrown))).isTrue();
    assertThat(TransientStoreErrors.isConnectionDead(thrown)).isTrue();
    assertThat(
            TransientStoreErrors.isConnectionDead(
                new SQLException("other", "HY000", ErrorCode.SYNTAX_ERROR_1)))
        .isFalse();
  }

  @Test
  void an_exception_of_h2s_file_store_is_known_by_its_name() {
    SQLException thrown =
        new SQLException("write", DataUtils.newMVStoreException(DataUtils.ERROR_CLOSED, "closed"));
    assertThat(TransientStoreErrors.isTransient(thrown)).isTrue();
    assertThat(TransientStoreErrors.isConnectionDead(thrown)).isTrue();
  }
}
