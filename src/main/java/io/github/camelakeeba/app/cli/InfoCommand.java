package io.github.camelakeeba.app.cli;

import io.github.camelakeeba.akeeba.ArchivePart;
import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.BackupRecordJson;
import io.github.camelakeeba.app.cli.backend.SiteClient;
import io.github.camelakeeba.app.cli.output.BackupRecordView;
import io.github.camelakeeba.notify.text.HumanFormat;
import io.github.camelakeeba.secret.UntrustedText;
import java.time.ZoneId;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "info",
    description = "Shows what a site knows of one backup, with the files of its archive.")
final class InfoCommand extends SiteCommand {
  @Parameters(index = "1", paramLabel = "ID", description = "The backup's number, as in 'list'.")
  long id;

  @Override
  int act(SiteClient client) throws Exception {
    BackupRecord record = client.record(id);
    return print(
        json,
        () -> Map.of("site", name, "backup", BackupRecordJson.whole(record)),
        () -> print(record, client.site().zone()));
  }

  private void print(BackupRecord record, ZoneId zone) {
    row("backup", record.id() + " of " + name + ", " + BackupRecordView.status(record));
    row("begun", BackupRecordView.time(record.start(), zone));
    if (!record.running()) {
      row("ended", BackupRecordView.time(record.end(), zone));
    }
    row("profile", record.profile() + (record.type().isEmpty() ? "" : ", " + record.type()));
    row("origin", record.origin());
    row("backupid", record.backupid());
    row("text", UntrustedText.oneLine(record.description(), 200));
    row("comment", UntrustedText.oneLine(record.comment(), 500));
    row("remote", record.remoteFilename());
    for (ArchivePart file : record.files()) {
      row("file", file.name() + ", " + HumanFormat.size(file.size()));
    }
    if (record.files().isEmpty() && !record.running()) {
      row("file", "none on the site");
    }
  }

  private static void row(String key, String value) {
    if (!value.isBlank()) {
      System.out.printf("%-9s %s%n", key, value);
    }
  }
}
