package io.github.camelakeeba.app.cli;

import io.github.camelakeeba.app.cli.backend.SiteClient;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.app.cli.output.ProgressView;
import io.github.camelakeeba.archive.DownloadProgress;
import io.github.camelakeeba.archive.DownloadRequest;
import io.github.camelakeeba.archive.DownloadedArchive;
import io.github.camelakeeba.archive.dump.DumpExpectation;
import io.github.camelakeeba.notify.text.HumanFormat;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "download",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the archive is here, whole, and was read to its end",
      "1:failed; what is here ends with .part, and is taken up again by the next call",
      "2:wrong usage or configuration",
      "3:the archive is here, but not all of it could be checked (.jps without its password, .sql)"
    },
    description =
        "Fetches the archive of a backup, all files, reads it from its first byte to its last, and writes SHA256SUMS beside it.")
final class DownloadCommand extends SiteCommand {
  @Parameters(index = "1", paramLabel = "ID", description = "The backup's number, as in 'list'.")
  long id;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "The folder that it goes to. Default: archives/SITE below home.")
  Path to;

  @Override
  int act(SiteClient client) throws Exception {
    Path folder =
        to == null ? home().folder().resolve("archives").resolve(name) : to.toAbsolutePath();
    DownloadProgress progress = new DownloadProgress();
    DownloadedArchive archive;
    try (AutoCloseable view = ProgressView.ofDownload(name, json).follow(progress)) {
      archive =
          client.download(
              new DownloadRequest(client.site(), id, null, folder, DumpExpectation.NONE, progress));
    }
    print(json, () -> members(archive), () -> print(archive));
    return archive.readable() && archive.warnings().isEmpty()
        ? ExitCode.COMPLETED
        : ExitCode.WARNING;
  }

  private static Map<String, Object> members(DownloadedArchive archive) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("site", archive.site());
    members.put("id", archive.recordId());
    members.put("backupid", archive.backupid());
    members.put("folder", archive.folder().toString());
    members.put("files", archive.files());
    members.put("size", archive.size());
    members.put("readable", archive.readable());
    members.put("unread", archive.unread());
    members.put("warnings", archive.warnings());
    return members;
  }

  private static void print(DownloadedArchive archive) {
    System.out.printf(
        "%s: the archive of backup %s is in %s, %s.%n",
        archive.site(), archive.recordId(), archive.folder(), HumanFormat.size(archive.size()));
    archive.files().forEach(file -> System.out.printf("  %s  %s%n", file.sha256(), file.name()));
    System.out.println(
        archive.readable()
            ? "It was read from its first byte to its last."
            : "warning: not all of it was checked: " + archive.unread());
    archive.warnings().forEach(warning -> System.out.println("warning: " + warning));
  }
}
