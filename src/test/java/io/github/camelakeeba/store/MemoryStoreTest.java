package io.github.camelakeeba.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** A store without a file. */
class MemoryStoreTest {
  private static Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:h2:mem:forgotten;IFEXISTS=TRUE", "sa", "");
  }

  @Test
  void what_is_in_memory_goes_when_it_is_closed() throws Exception {
    try (Database database = Database.memory("forgotten", 2);
        Connection beside = connect()) {
      assertThat(beside.isValid(1)).isTrue();
      assertThat(database.embedded()).isTrue();
    }
    assertThatThrownBy(() -> connect().close()).hasMessageContaining("not found");
  }
}
