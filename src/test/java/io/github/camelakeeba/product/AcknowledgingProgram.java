package io.github.camelakeeba.product;

import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.BackupRequest.IfBusy;
import io.github.camelakeeba.run.RunListener;
import io.github.camelakeeba.run.store.RequestRepository;
import io.github.camelakeeba.store.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Accepts twenty requests and counts in their rows until it is killed; says each as soon as it is.
 */
public final class AcknowledgingProgram {
  private static final int AT_ONCE = 20;

  private AcknowledgingProgram() {}

  /** The arguments are the folder of the database, and a word for the ids of the requests. */
  public static void main(String[] arguments) {
    Database database = Database.file(Path.of(arguments[0]), AT_ONCE);
    JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
    // space in the file is used again at once, as it is after a while in a process that lives on
    jdbc.execute("set retention_time 100");
    RequestRepository requests =
        new RequestRepository(
            database, site -> "host", "program", RunListener.NONE, Clock.systemUTC());
    for (int i = 0; i < AT_ONCE; i++) {
      String name = arguments[1] + "-" + i;
      new Thread(() -> count(requests, jdbc, name)).start();
    }
  }

  private static void count(RequestRepository requests, JdbcTemplate jdbc, String name) {
    BackupRequest request =
        new BackupRequest(
            name, name, "event", 1, "", "", Map.of(), IfBusy.QUEUE, Instant.now(), null, null);
    String run = requests.accept(request).id();
    for (int number = 0; ; number++) {
      String warnings = "w".repeat(number % 3000);
      jdbc.update("update run set steps = ?, warnings = ? where id = ?", number, warnings, run);
      System.out.println(run + " " + number);
    }
  }
}
