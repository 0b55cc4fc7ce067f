package io.github.camelakeeba.app.cli.archive;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.app.cli.command.ProgramCommand;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.app.cli.output.ProgressView;
import io.github.camelakeeba.archive.ChecksumFile;
import io.github.camelakeeba.archive.format.ArchiveSource;
import io.github.camelakeeba.archive.format.Volume;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.extract.ExtractProgress;
import io.github.camelakeeba.keep.LocatedArchive;
import io.github.camelakeeba.keep.StoredArchive;
import io.github.camelakeeba.recheck.ArchiveInspector;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.secret.UntrustedText;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "verify",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:whole; of an encrypted one without its password the structure, which is said",
      "1:broken, gone, or it can't be read",
      "2:wrong usage or configuration",
      "3:whole, with warnings: what a person should check"
    },
    description =
        "Reads archives from their first byte to their last: all that is packed in them, the dump of the database, their checksums where they are known, and what was counted in them at the download. Files here, or one of a site, which is read from where it lies: a folder, an endpoint such as a bucket, else the site itself. Changes nothing. Of several files one line for each archive; the worst one is the exit code.")
public final class VerifyCommand extends ProgramCommand implements Callable<Integer> {
  @Mixin ArchiveArguments archive;

  @Option(names = "--json", description = "Print one JSON object, and nothing else.")
  boolean json;

  @Override
  public Integer call() throws Exception {
    archive.check();
    Secret password = archive.password();
    List<VerifiedArchive> verified =
        archive.areFiles() ? files(password) : List.of(ofSite(password));
    int code = ExitCode.COMPLETED;
    for (VerifiedArchive one : verified) {
      code = ExitCode.worst(code, one.exitCode());
    }
    if (json) {
      Map<String, Object> members = new LinkedHashMap<>();
      members.put("archives", verified.stream().map(VerifiedArchive::members).toList());
      members.put("exitCode", code);
      printJson(members);
    }
    return code;
  }

  private VerifiedArchive ofSite(Secret password) throws Exception {
    VerifiedArchive verified;
    try (OpenArchive open = OpenArchive.ofHome(home(), archive.site(), archive.id(), password)) {
      Map<String, String> known = new HashMap<>();
      if (open.located().place() == LocatedArchive.Place.FOLDER) {
        known.putAll(listed(Path.of(open.located().location())));
      }
      StoredArchive stored = open.stored();
      if (stored != null && !stored.checksums().isEmpty()) { // they count more than a list of files
        stored.files().forEach(name -> known.put(name, stored.checksum(name)));
      }
      verified = verify(open, open.located().location(), known);
    } catch (AkeebaException failure) {
      verified = new VerifiedArchive(archive.site(), null, List.of(), null, failure.getMessage());
    }
    return printed(verified);
  }

  private List<VerifiedArchive> files(Secret password) throws Exception {
    List<VerifiedArchive> verified = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    for (Path file : archive.files()) {
      Path folder = file.toAbsolutePath().getParent();
      if (ChecksumFile.isName(file.getFileName().toString())) {
        continue; // of a whole folder: verify archives/shop/*
      }
      try {
        ArchiveSource source = ArchiveSource.of(file);
        List<String> volumes = source.volumes().stream().map(Volume::name).toList();
        if (seen.add(folder + " " + volumes)) {
          try (OpenArchive open = OpenArchive.ofFiles(home(), source, password)) {
            verified.add(printed(verify(open, folder.toString(), listed(folder))));
          }
        }
      } catch (NoSuchFileException missing) {
        if (seen.add(missing.getFile())) {
          verified.add(printed(incomplete(file, folder, missing)));
        }
      } catch (IOException e) {
        throw new ConfigurationException(String.valueOf(e.getMessage()));
      }
    }
    if (verified.isEmpty()) {
      throw new ConfigurationException("none of these is a file of an archive");
    }
    return verified;
  }

  private static VerifiedArchive incomplete(Path file, Path folder, NoSuchFileException missing) {
    return new VerifiedArchive(
        file.getFileName().toString(),
        folder.toString(),
        List.of(file.getFileName().toString()),
        null,
        "It is not complete: there is no file %s.".formatted(missing.getFile()));
  }

  private static Map<String, String> listed(Path folder) {
    Map<String, String> known = new HashMap<>();
    new ChecksumFile(folder).entries().forEach((name, entry) -> known.put(name, entry.checksum()));
    return known;
  }

  private VerifiedArchive verify(OpenArchive open, String origin, Map<String, String> known)
      throws Exception {
    ArchiveSource source = open.source();
    List<String> files = source.volumes().stream().map(Volume::name).toList();
    ExtractProgress progress = new ExtractProgress();
    progress.start(source.size());
    try (AutoCloseable view = ProgressView.ofExtraction(source.name(), json).follow(progress)) {
      return new VerifiedArchive(
          source.name(),
          origin,
          files,
          ArchiveInspector.inspect(source, known, open.counted(), open.passwords(), progress),
          null);
    } catch (IOException e) {
      return new VerifiedArchive(
          source.name(),
          origin,
          files,
          null,
          "It can't be read from %s: %s"
              .formatted(origin, UntrustedText.rootCause(e).replaceFirst("[. ]*$", ".")));
    }
  }

  private VerifiedArchive printed(VerifiedArchive verified) {
    if (!json) {
      verified.lines().forEach(System.out::println);
    }
    return verified;
  }
}
