package io.github.camelakeeba.app.cli.archive;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.app.cli.command.ProgramCommand;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.app.cli.output.ProgressView;
import io.github.camelakeeba.archive.format.ArchiveSource;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.extract.ArchiveExtractor;
import io.github.camelakeeba.extract.ByteSize;
import io.github.camelakeeba.extract.ExtractProgress;
import io.github.camelakeeba.extract.ExtractRequest;
import io.github.camelakeeba.extract.ExtractResult;
import io.github.camelakeeba.extract.PathFilter;
import io.github.camelakeeba.extract.Remarks;
import io.github.camelakeeba.notify.text.HumanFormat;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.secret.UntrustedText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "extract",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all that was wanted is there, or was listed",
      "1:the archive is broken, encrypted or can't be read; what was written is whole",
      "2:wrong usage or configuration",
      "3:extracted, but not all of it: the warnings say what is missing and why"
    },
    description =
        "Unpacks an archive: a file here, or one of a site, which is read from where it lies - a folder, an endpoint such as a bucket, or the site itself. A file has its name only once it is whole and was read back; the same command goes on where one was interrupted.")
public final class ExtractCommand extends ProgramCommand implements Callable<Integer> {
  @Mixin ArchiveArguments archive;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description =
          "The folder that it goes to; it is made if need be. Nothing is written outside of it, and no file of another origin is replaced.")
  Path to;

  @Option(
      names = "--only",
      paramLabel = "GLOB",
      description =
          "Only what fits, such as '*.sql', 'images/**' or 'administrator'; may be given more than once.")
  List<String> only = new ArrayList<>();

  @Option(
      names = "--except",
      paramLabel = "GLOB",
      description = "Not what fits, such as configuration.php; may be given more than once.")
  List<String> except = new ArrayList<>();

  @Option(names = "--list", description = "Lists what is in it, and writes nothing.")
  boolean list;

  @Option(
      names = "--max-size",
      paramLabel = "S",
      description =
          "Stops when its files have more bytes, such as 20G. Default: 100 times the archive, and at least 1G.")
  String maxSize;

  @Option(names = "--overwrite", description = "Replaces files of other contents that are in DIR.")
  boolean overwrite;

  @Option(names = "--json", description = "Print one JSON object, and nothing else.")
  boolean json;

  @Override
  public Integer call() throws Exception {
    PathFilter filter;
    Long limit;
    try {
      filter = PathFilter.of(only, except);
      limit = maxSize == null ? null : ByteSize.parse(maxSize);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(e.getMessage());
    }
    archive.check();
    if (list == (to != null)) {
      throw new ConfigurationException(
          list
              ? "--list writes nothing: leave out --to"
              : "name the folder that it goes to (--to)");
    }
    if (to != null && Files.exists(to) && !Files.isDirectory(to)) {
      throw new ConfigurationException("%s is a file, and no folder".formatted(to));
    }
    Secret password = archive.password();
    try (OpenArchive open = open(password)) {
      ExtractRequest request =
          new ExtractRequest(
              open.source(),
              open.passwords(),
              to == null ? null : to.toAbsolutePath().normalize(),
              filter,
              limit,
              overwrite,
              new ExtractProgress());
      return list ? new EntryTable(open, json).print(request) : extract(open, request);
    } catch (AkeebaException failure) {
      return failed(name(), failure);
    }
  }

  private OpenArchive open(Secret password) throws Exception {
    if (!archive.areFiles()) {
      return OpenArchive.ofSite(home(), archive.site(), archive.id(), password);
    }
    List<ArchiveSource> sources = archive.sources();
    if (sources.size() > 1) {
      throw new ConfigurationException(
          "these are files of %s archives, %s and %s among them; extract one after the other"
              .formatted(sources.size(), sources.get(0).name(), sources.get(1).name()));
    }
    return OpenArchive.ofFiles(home(), sources.get(0), password);
  }

  private String name() {
    return archive.areFiles() ? Path.of(archive.site()).getFileName().toString() : archive.site();
  }

  private int failed(String what, AkeebaException failure) throws Exception {
    if (json) {
      printJson(Map.of("archive", what, "error", error(failure)));
    } else {
      System.err.printf("%s: %s: %s%n", what, failure.kind().word(), failure.getMessage());
    }
    return ExitCode.FAILED;
  }

  static Map<String, String> error(AkeebaException failure) {
    return Map.of("kind", failure.kind().word(), "message", failure.getMessage());
  }

  private int extract(OpenArchive open, ExtractRequest request) throws Exception {
    ExtractResult result;
    try (AutoCloseable view = ProgressView.ofExtraction(name(), json).follow(request.progress())) {
      result = new ArchiveExtractor().extract(request);
    }
    print(json, () -> members(open, result), () -> print(open, result));
    if (result.failure() != null) {
      return ExitCode.FAILED;
    }
    return result.warnings().isEmpty() && !fitsNothing(result)
        ? ExitCode.COMPLETED
        : ExitCode.WARNING;
  }

  private boolean fitsNothing(ExtractResult result) {
    return !only.isEmpty() && result.entries() == 0 && result.failure() == null;
  }

  private static Map<String, Object> members(OpenArchive open, ExtractResult result) {
    Map<String, Object> members = new LinkedHashMap<>(open.members());
    members.put("folder", result.folder().toString());
    members.put("written", result.written());
    members.put("kept", result.kept());
    members.put("folders", result.folders());
    members.put("links", result.links());
    members.put("size", result.bytes());
    members.put("warnings", members(result.warnings()));
    members.put("notes", members(result.notes()));
    members.put("error", result.failure() == null ? null : error(result.failure()));
    return members;
  }

  private static Map<String, Object> members(Remarks remarks) {
    return Map.of("count", remarks.count(), "texts", remarks.texts());
  }

  private void print(OpenArchive open, ExtractResult result) {
    String counted =
        "%s, %s and %s, %s"
            .formatted(
                HumanFormat.many(result.written() + result.kept(), "file"),
                HumanFormat.many(result.folders(), "folder"),
                HumanFormat.many(result.links(), "link"),
                HumanFormat.size(result.bytes()));
    String name = UntrustedText.oneLine(result.archive(), 200);
    if (result.failure() == null) {
      System.out.printf("%s%s is in %s: %s.%n", name, open.origin(), result.folder(), counted);
    } else {
      System.err.printf(
          "%s: %s: %s%n", name(), result.failure().kind().word(), result.failure().getMessage());
      if (Files.exists(result.folder())) {
        System.out.printf(
            "%s was not extracted to its end. What is in %s is whole: %s.%n",
            name, result.folder(), counted);
      } else {
        System.out.printf("%s was not extracted, and nothing was written.%n", name);
      }
    }
    if (result.kept() > 0) {
      System.out.printf(
          "%s of the files %s there already.%n",
          result.kept(), result.kept() == 1 ? "was" : "were");
    }
    if (fitsNothing(result)) {
      System.out.println("warning: nothing in it fits --only");
    }
    print("warning", result.warnings());
    print("note", result.notes());
  }

  private static void print(String kind, Remarks remarks) {
    remarks.texts().forEach(text -> System.out.println(kind + ": " + text));
    long more = remarks.count() - remarks.texts().size();
    if (more > 0) {
      System.out.printf("%s: %s more%n", kind, more);
    }
  }
}
