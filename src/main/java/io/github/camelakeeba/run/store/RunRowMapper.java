package io.github.camelakeeba.run.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.run.BackupProgress;
import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.BackupRequest.TakenBackup;
import io.github.camelakeeba.run.CallJournal;
import io.github.camelakeeba.run.ExpectedRows;
import io.github.camelakeeba.run.RetryCounts;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunFailure;
import io.github.camelakeeba.run.RunState;
import io.github.camelakeeba.run.RunWarnings;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SqlTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.RowMapper;

/** Reads a run from its row. */
public final class RunRowMapper implements RowMapper<Run> {
  public static final RunRowMapper MAPPER = new RunRowMapper();
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              // else each run's thread keeps buffers of its own: 16 KB
              .recyclerPool(JsonRecyclerPools.sharedBoundedPool())
              .build());
  private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
  private static final TypeReference<Map<String, Long>> ROWS = new TypeReference<>() {};
  private static final TypeReference<Map<String, String>> SETTINGS = new TypeReference<>() {};

  private RunRowMapper() {}

  @Override
  public Run mapRow(ResultSet row, int number) throws SQLException {
    String kind = row.getString("error_kind");
    return new Run(
        row.getString("id"),
        request(row),
        RunState.of(row.getString("state")),
        backup(row),
        CallJournal.of(
            row.getString("sending"),
            row.getInt("lost"),
            row.getObject("newest_record", Long.class)),
        new RunWarnings(row.getInt("warning_count"), read(row.getString("warnings"), TEXTS)),
        kind == null ? null : new RunFailure(ErrorKind.of(kind), row.getString("error_message")),
        row.getInt("attempts"),
        row.getInt("recoveries"),
        new RetryCounts(
            row.getInt("retries_unreachable"),
            row.getInt("retries_untrusted"),
            row.getInt("internal_failures")),
        SqlTime.instant(row, "queued_at"),
        SqlTime.instant(row, "started_at"),
        SqlTime.instant(row, "ended_at"),
        row.getString("owner"),
        row.getLong("claim"));
  }

  private static BackupRequest request(ResultSet row) throws SQLException {
    return new BackupRequest(
        row.getString("request_id"),
        row.getString("site"),
        row.getString("trigger_kind"),
        row.getInt("profile"),
        row.getString("description"),
        row.getString("comment_text"),
        read(row.getString("overrides"), SETTINGS),
        BackupRequest.IfBusy.QUEUE,
        SqlTime.instant(row, "due_at"),
        row.getString("requested_by"),
        taken(row));
  }

  private static TakenBackup taken(ResultSet row) throws SQLException {
    return row.getObject("taken_until") == null
        ? null
        : new TakenBackup(
            row.getLong("record_id"),
            row.getString("backupid"),
            row.getString("archive"),
            SqlTime.instant(row, "taken_from"),
            SqlTime.instant(row, "taken_until"));
  }

  private static BackupProgress backup(ResultSet row) throws SQLException {
    return new BackupProgress(
        row.getString("backupid"),
        row.getObject("record_id", Long.class),
        row.getString("archive"),
        row.getInt("parts"),
        row.getLong("size"),
        row.getString("domain"),
        row.getString("step"),
        row.getInt("step_number"),
        row.getInt("steps"),
        row.getInt("progress"),
        row.getLong("sleep_time"),
        row.getBoolean("has_run"),
        SqlTime.instant(row, "answered_at"),
        new ExpectedRows(read(row.getString("expected_rows"), ROWS)));
  }

  static Optional<Run> find(Database database, String id) {
    return database.sql("select * from run where id = ?").param(id).query(MAPPER).optional();
  }

  static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("strings and maps of strings are always JSON", e);
    }
  }

  private static <T> T read(String json, TypeReference<T> type) throws SQLException {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new SQLException("the run's row holds no JSON where it should", e);
    }
  }
}
