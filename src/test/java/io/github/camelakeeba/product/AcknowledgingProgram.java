package io.github.camelakeeba.product;

import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.BackupRequest.IfBusy;
import io.github.camelakeeba.run.Database;
import io.github.camelakeeba.run.Requests;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/** Accepts one request after the other until it is killed, and says so as soon as it has. */
public final class AcknowledgingProgram {
  private AcknowledgingProgram() {}

  /** The argument is the folder of the database. */
  public static void main(String[] arguments) {
    Database database = Database.file(Path.of(arguments[0]), 2);
    Requests requests = new Requests(database, site -> "host", "program", Clock.systemUTC());
    for (int number = 1; ; number++) {
      BackupRequest request =
          new BackupRequest(
              "wish-" + number,
              "site-" + number,
              "event",
              1,
              "",
              "",
              Map.of(),
              IfBusy.QUEUE,
              Instant.now());
      System.out.println("accepted " + requests.accept(request).id());
      System.out.flush();
    }
  }
}
