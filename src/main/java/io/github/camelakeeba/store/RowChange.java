package io.github.camelakeeba.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.springframework.jdbc.core.BatchPreparedStatementSetter;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A statement that changes one row, or none.
 *
 * @param sql always the same text for the same statement: by it the drivers keep what they prepared
 * @param values its parameters in order, each may be null
 */
public record RowChange(String sql, List<Object> values) {

  public static RowChange of(String sql, Object... values) {
    return new RowChange(sql, Collections.unmodifiableList(Arrays.asList(values)));
  }

  /** Not Spring's way: for each null it asks H2 for the types of all parameters. */
  void bind(PreparedStatement statement) throws SQLException {
    int index = 0;
    for (Object value : values) {
      index++;
      if (value == null) {
        statement.setNull(index, Types.NULL);
      } else {
        statement.setObject(index, value);
      }
    }
  }

  /** Writes changes of the same statement as one batch; gives how many rows each has changed. */
  public static int[] writeAll(JdbcTemplate jdbc, List<RowChange> changes) {
    return jdbc.batchUpdate(
        changes.get(0).sql,
        new BatchPreparedStatementSetter() {
          @Override
          public void setValues(PreparedStatement statement, int index) throws SQLException {
            changes.get(index).bind(statement);
          }

          @Override
          public int getBatchSize() {
            return changes.size();
          }
        });
  }
}
