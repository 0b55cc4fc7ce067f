package io.github.camelakeeba.app.cli;

import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.app.demo.RehearsalHome;
import io.github.camelakeeba.app.web.ApiServer;
import io.github.camelakeeba.service.Home;
import io.github.camelakeeba.service.Service;
import io.github.camelakeeba.service.StartModes;
import java.util.Locale;

/**
 * Goes through what commands and a serve do, in a home of its own and with a site of this process.
 * The start script runs it once, so that the JVM archives the classes that were loaded, and from
 * Java 25 on what it has learned of the code.
 */
public final class Rehearsal {
  /** Of each backup: as many as make a JVM keep a profile of all that a step does. */
  private static final int STEPS = 300;

  private Rehearsal() {}

  public static void main(String[] arguments) throws Exception {
    Locale.setDefault(Locale.ENGLISH); // as the program does
    // Camel reads keys such as BACKUP_DATABASE_URL there, too, and the store must be our own
    boolean configured =
        System.getenv().keySet().stream().anyMatch(key -> key.startsWith("BACKUP_"));
    System.exit(configured ? ExitCode.USAGE : run());
  }

  /** The worst exit code of the commands. */
  static int run() throws Exception {
    int worst = BackupApp.run("--help");
    try (RehearsalHome rehearsal = new RehearsalHome(STEPS)) {
      String folder = rehearsal.folder().toString();
      String[] backup = {"backup", "--all", "--json", "--home", folder};
      worst = Math.max(worst, BackupApp.run("check", "--home", folder));
      worst = Math.max(worst, BackupApp.run(backup));
      worst = Math.max(worst, BackupApp.run("status", "--home", folder));
      Home home = new Home(rehearsal.folder());
      try (Service serve =
          Service.start(home, StartModes.serve(home, ApiServer.withCommandsOf(home)))) {
        worst = Math.max(worst, BackupApp.run(backup));
        worst = Math.max(worst, BackupApp.run("status", "--home", folder));
      }
    }
    return worst;
  }
}
