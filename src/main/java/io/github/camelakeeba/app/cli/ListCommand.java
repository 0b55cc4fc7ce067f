package io.github.camelakeeba.app.cli;

import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.BackupRecordJson;
import io.github.camelakeeba.app.cli.backend.SiteClient;
import io.github.camelakeeba.app.cli.output.BackupRecordView;
import io.github.camelakeeba.app.cli.output.Table;
import io.github.camelakeeba.secret.UntrustedText;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "list",
    description = "Lists the backups that a site knows of, also those of others; the newest first.")
final class ListCommand extends SiteCommand {
  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most so many; 0 for all. Default: ${DEFAULT-VALUE}.")
  int limit;

  @Option(
      names = "--from",
      paramLabel = "N",
      defaultValue = "0",
      description = "Leaves out so many of the newest.")
  int from;

  @Override
  int act(SiteClient client) throws Exception {
    List<BackupRecord> records = client.records(Math.max(0, from), Math.max(0, limit));
    return print(
        json,
        () ->
            Map.of(
                "site", name, "backups", records.stream().map(BackupRecordJson::listed).toList()),
        () -> print(records, client.site().zone()));
  }

  private void print(List<BackupRecord> records, ZoneId zone) {
    if (records.isEmpty()) {
      System.out.println(name + " knows of no backup.");
      return;
    }
    Table table = new Table("ID", "BEGUN", "STATUS", "PROFILE", "SIZE", "ORIGIN", "DESCRIPTION");
    for (BackupRecord record : records) {
      table.row(
          String.valueOf(record.id()),
          BackupRecordView.time(record.start(), zone),
          BackupRecordView.status(record),
          String.valueOf(record.profile()),
          BackupRecordView.size(record.totalSize()),
          record.origin(),
          UntrustedText.oneLine(record.description(), 60));
    }
    table.print();
  }
}
