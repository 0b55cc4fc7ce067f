package io.github.camelakeeba.run.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.config.Timings;
import io.github.camelakeeba.store.CopiedStore;
import io.github.camelakeeba.store.Database;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes of one store tell each other which configuration they run with. */
class NodeConfigurationTest {
  private Database database;
  private String configuration = "aaa";

  @BeforeEach
  void open() {
    database = CopiedStore.memory("node-configuration", 4);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private NodeHeartbeat node(String name, java.util.function.Supplier<String> fingerprint) {
    return new NodeHeartbeat(database, name, fingerprint, Timings.SHIPPED, System::nanoTime);
  }

  @Test
  void two_nodes_notice_that_they_differ_and_that_they_are_the_same_again() {
    NodeHeartbeat one = node("one", () -> configuration);
    NodeHeartbeat two = node("two", () -> "bbb");
    one.beat();
    two.beat();
    one.beat();

    assertThat(one.differingNodes()).isEqualTo(Map.of("two", "bbb"));
    assertThat(two.differingNodes()).isEqualTo(Map.of("one", "aaa"));

    configuration = "bbb";
    one.beat();
    two.beat();

    assertThat(one.differingNodes()).isEmpty();
    assertThat(two.differingNodes()).isEmpty();
  }

  @Test
  void a_node_that_does_not_tell_as_one_of_an_older_version_differs_from_none() {
    NodeHeartbeat one = node("one", () -> configuration);
    database.jdbc().update("insert into node (id, alive_until) values ('old', current_timestamp)");

    one.beat();

    assertThat(one.differingNodes()).isEmpty();
  }
}
