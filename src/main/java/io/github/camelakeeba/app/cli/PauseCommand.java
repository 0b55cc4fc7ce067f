package io.github.camelakeeba.app.cli;

import io.github.camelakeeba.app.cli.backend.StoreReader;
import io.github.camelakeeba.watch.SiteView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "pause",
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the site is paused",
      "1:the store or the running serve failed",
      "2:wrong usage or configuration, an unknown site, or a time that is none or past"
    },
    description =
        "Pauses a site: its schedule is skipped, and no backup of it is missed. Backups that are asked for are taken as ever. One that is paused already gets the new end and reason.")
final class PauseCommand extends ResumeCommand {
  @Option(
      names = "--until",
      paramLabel = "T",
      description =
          "A day (2026-12-24: its first moment) or a time (2026-12-24T06:00) in the site's zone, or an instant (2026-12-24T06:00:00Z). Else until it is resumed.")
  String until;

  @Option(names = "--reason", paramLabel = "R", description = "Shown by status.")
  String reason;

  @Override
  SiteView act(StoreReader store) throws Exception {
    return store.pause(name, until, reason);
  }
}
