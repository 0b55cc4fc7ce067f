package io.github.camelakeeba.app.cli;

import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.app.demo.RehearsalHome;
import io.github.camelakeeba.app.web.ApiServer;
import io.github.camelakeeba.service.Home;
import io.github.camelakeeba.service.Service;
import io.github.camelakeeba.service.StartModes;
import java.util.Locale;

/**
 * Goes through what commands and a serve do, in a home of its own and with a simulated site. The
 * start script runs it once, so that the JVM archives the classes that were loaded.
 */
public final class Rehearsal {
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
    try (RehearsalHome rehearsal = new RehearsalHome()) {
      String folder = rehearsal.folder().toString();
      worst = Math.max(worst, BackupApp.run("check", "--home", folder));
      worst = Math.max(worst, backup(rehearsal));
      worst = Math.max(worst, BackupApp.run("status", "--home", folder));
      Home home = new Home(rehearsal.folder());
      try (Service serve =
          Service.start(home, StartModes.serve(home, ApiServer.withCommandsOf(home)))) {
        worst = Math.max(worst, backup(rehearsal));
        worst = Math.max(worst, BackupApp.run("status", "--home", folder));
      }
    }
    return worst;
  }

  /** As good as it can be: 0 too where the site is one that can't be reached, and was not. */
  private static int backup(RehearsalHome rehearsal) {
    int code = BackupApp.run("backup", "--all", "--json", "--home", rehearsal.folder().toString());
    return code == ExitCode.FAILED && !rehearsal.isReachable() ? ExitCode.COMPLETED : code;
  }
}
