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

/** Brings an archive home. */
@Command(
    name = "download",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the archive is here, whole, and was read to its end",
      "1:failed; what is here ends with .part, and is taken up again by the next call",
      "2:wrong usage or configuration",
      "3:the archive is here, but not all of it could be checked (.jps, .sql)"
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
    DownloadedArchive pulled;
    try (AutoCloseable view = ProgressView.ofDownload(name, json).follow(progress)) {
      pulled =
          client.download(
              new DownloadRequest(client.site(), id, null, folder, DumpExpectation.NONE, progress));
    }
    if (json) {
      printJson(members(pulled));
    } else {
      print(pulled);
    }
    return pulled.readable() && pulled.warnings().isEmpty() ? ExitCode.COMPLETED : ExitCode.WARNING;
  }

  private static Map<String, Object> members(DownloadedArchive pulled) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("site", pulled.site());
    members.put("id", pulled.recordId());
    members.put("backupid", pulled.backupid());
    members.put("folder", pulled.folder().toString());
    members.put("files", pulled.files());
    members.put("size", pulled.size());
    members.put("readable", pulled.readable());
    members.put("unread", pulled.unread());
    members.put("warnings", pulled.warnings());
    return members;
  }

  private static void print(DownloadedArchive pulled) {
    System.out.printf(
        "%s: the archive of backup %s is in %s, %s.%n",
        pulled.site(), pulled.recordId(), pulled.folder(), HumanFormat.size(pulled.size()));
    pulled.files().forEach(file -> System.out.printf("  %s  %s%n", file.sha256(), file.name()));
    System.out.println(
        pulled.readable()
            ? "It was read from its first byte to its last."
            : "warning: not all of it was checked: " + pulled.unread());
    pulled.warnings().forEach(warning -> System.out.println("warning: " + warning));
  }
}
