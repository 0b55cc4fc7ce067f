package io.github.camelakeeba.run.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.BackupRequest.IfBusy;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunListener;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.SampleStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.h2.api.Trigger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that waits whoever else does is a row at once, and its commit is shared. */
@Tag("postgres")
class QueuedRequestTest {
  private final List<Boolean> made = new CopyOnWriteArrayList<>();
  private Database database;
  private RequestRepository requests;

  private void open(String store) {
    database = new SampleStore().open(store, 4);
    RunListener listener =
        new RunListener() {
          @Override
          public void accepted(String trigger, boolean own) {
            made.add(own);
          }
        };
    requests = new RequestRepository(database, site -> "web7", "me", listener, Clock.systemUTC());
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static BackupRequest request(String id, String site, IfBusy ifBusy) {
    return new BackupRequest(
        id, site, "api", 1, "", "", Map.of(), ifBusy, Instant.now(), "ops", null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void it_waits_for_no_decision_about_its_site(String store) throws Exception {
    open(store);
    requests.accept(request(null, "shop", IfBusy.REFUSE));
    try (Connection other = database.dataSource().getConnection()) {
      other.setAutoCommit(false);
      assertThat(
              other
                  .createStatement()
                  .executeQuery("select name from latch where name = 'site shop' for update")
                  .next())
          .isTrue();

      Run run = requests.accept(request("deploy-7", "shop", IfBusy.QUEUE));

      assertThat(new RunQueries(database).find(run.id())).as("durable").contains(run);
      other.rollback();
    }
    assertThat(database.count("run where site = 'shop'")).isEqualTo(2);
    assertThatThrownBy(() -> requests.accept(request(null, "shop", IfBusy.REFUSE)))
        .isInstanceOf(RunRefusedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void one_id_is_one_run_whoever_else_asks_at_the_same_time(String store) throws Exception {
    open(store);
    ExecutorService callers = Executors.newFixedThreadPool(12);
    try {
      List<Callable<Run>> calls = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        String id = "deploy-" + i / 4;
        IfBusy ifBusy = i % 4 == 0 ? IfBusy.JOIN : IfBusy.QUEUE;
        calls.add(() -> requests.accept(request(id, "shop", ifBusy)));
        calls.add(() -> requests.accept(request(null, "blog", IfBusy.QUEUE)));
      }
      List<Future<Run>> runs = callers.invokeAll(calls, 60, TimeUnit.SECONDS);

      for (int i = 0; i < calls.size(); i += 8) {
        String first = runs.get(i).get().id();
        for (int other = i; other < i + 8; other += 2) {
          assertThat(runs.get(other).get().id()).isEqualTo(first);
        }
      }
    } finally {
      callers.shutdownNow();
    }
    assertThat(database.count("run where site = 'blog'")).isEqualTo(40);
    assertThat(made).hasSize(80);
    assertThat(made.stream().filter(own -> own).count()).isEqualTo(database.count("run"));
    assertThat(database.count("request")).isEqualTo(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"h2", "postgres"})
  void an_id_of_another_site_is_refused_and_leaves_nothing(String store) {
    open(store);
    requests.accept(request("deploy-7", "shop", IfBusy.QUEUE));

    assertThatThrownBy(() -> requests.accept(request("deploy-7", "blog", IfBusy.QUEUE)))
        .isInstanceOf(RunRefusedException.class)
        .hasMessage("the id deploy-7 was given to a backup of another site already");

    assertThat(database.count("run")).isEqualTo(1);
  }

  /** Writes the row before its writer does, as a commit does of which only the answer was lost. */
  public static final class LostAnswer implements Trigger {
    private static final String STORE = "jdbc:h2:mem:lost-answer";
    private boolean lost;

    @Override
    public void fire(Connection connection, Object[] before, Object[] row) throws SQLException {
      if (lost) {
        return;
      }
      lost = true;
      try (Connection other = DriverManager.getConnection(STORE, "sa", "");
          PreparedStatement insert =
              other.prepareStatement(
                  """
                  insert into run (id, site, host, state, trigger_kind, profile, description,
                    comment_text, overrides, due_at, queued_at)
                  values (?, 'shop', 'web7', 'queued', 'api', 1, '', '', '{}', current_timestamp,
                    current_timestamp)
                  """)) {
        insert.setObject(1, row[0]);
        insert.executeUpdate();
      }
    }
  }

  @Test
  @Tag("fault")
  void a_row_that_a_commit_without_an_answer_has_written_is_the_run_and_there_is_no_second_one() {
    database = Database.memory("lost-answer", 4);
    database
        .jdbc()
        .execute(
            "create trigger lost before insert on run for each row call '%s'"
                .formatted(LostAnswer.class.getName()));
    requests =
        new RequestRepository(database, site -> "web7", "me", RunListener.NONE, Clock.systemUTC());

    Run run = requests.accept(request(null, "shop", IfBusy.QUEUE));

    assertThat(database.jdbc().queryForList("select id from run", String.class))
        .containsExactly(run.id());
  }
}
