package io.github.camelakeeba.app.cli.archive;

import io.github.camelakeeba.archive.format.ArchiveSource;
import io.github.camelakeeba.archive.format.Volume;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.keep.ArchiveQuery;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.secret.UntrustedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which archives a command reads: files, or one of a site. */
public final class ArchiveArguments {
  private static final long MAX_PASSWORD_FILE = 64 * 1024; // bytes

  @Parameters(
      paramLabel = "SITE ID|FILE",
      arity = "1..*",
      description =
          "A file of an archive, any or all of its parts. Or the name of a site in sites.yaml and its backup: the number as in 'list', the backupid, or 'latest'.")
  List<String> arguments = new ArrayList<>();

  @Option(
      names = "--password-file",
      paramLabel = "F",
      description =
          "A file with the password of an encrypted archive (.jps). Else each archivePassword of sites.yaml is tried.")
  Path passwordFile;

  /** Whether they are files. */
  public boolean areFiles() {
    return file(arguments.get(0)) != null;
  }

  /** Null: no file of this name is there. */
  private static Path file(String argument) {
    try {
      Path path = Path.of(argument);
      return Files.isRegularFile(path) ? path : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  public String site() {
    return arguments.get(0);
  }

  public String id() {
    return arguments.get(1);
  }

  /** Throws {@link ConfigurationException} when they name neither files nor a site's backup. */
  public void check() {
    if (areFiles()) {
      for (String argument : arguments) {
        if (file(argument) == null) {
          throw new ConfigurationException(
              "there is no file " + UntrustedText.oneLine(argument, 200));
        }
      }
      return;
    }
    String first = UntrustedText.oneLine(arguments.get(0), 200);
    if (arguments.size() == 1) {
      throw new ConfigurationException(
          "there is no file %s; for an archive of a site name the site, and the backup's number"
              .formatted(first));
    }
    if (arguments.size() > 2) {
      throw new ConfigurationException(
          "there is no file %s; of a site name one backup".formatted(first));
    }
    if (!ArchiveQuery.isId(id())) {
      throw new ConfigurationException(
          "'%s' is no backup of a site: give its number, as in 'list', its backupid, or 'latest'"
              .formatted(UntrustedText.asName(id())));
    }
  }

  /** The files, as they were named. */
  List<Path> files() {
    return arguments.stream().map(Path::of).toList();
  }

  /** The archives that the files belong to, each once. Throws {@link ConfigurationException}. */
  public List<ArchiveSource> sources() {
    Map<String, ArchiveSource> sources = new LinkedHashMap<>();
    for (String argument : arguments) {
      Path file = file(argument);
      try {
        ArchiveSource source = ArchiveSource.of(file);
        Path folder = file.toAbsolutePath().getParent();
        List<String> volumes = source.volumes().stream().map(Volume::name).toList();
        sources.put(folder + " " + volumes, source);
      } catch (NoSuchFileException e) {
        throw new ConfigurationException(
            "the archive of %s is not complete: there is no file %s".formatted(file, e.getFile()));
      } catch (IOException e) {
        throw new ConfigurationException(String.valueOf(e.getMessage()));
      }
    }
    return List.copyOf(sources.values());
  }

  /** What the password file holds, without the end of its line; null: none is named. */
  public Secret password() {
    if (passwordFile == null) {
      return null;
    }
    try {
      String text =
          Files.size(passwordFile) > MAX_PASSWORD_FILE ? "" : Files.readString(passwordFile);
      String password = text.replaceFirst("^\uFEFF", "").replaceFirst("[\\r\\n]+$", "");
      if (password.isBlank()) {
        throw new ConfigurationException("%s holds no password".formatted(passwordFile));
      }
      return Secret.verbatim(password);
    } catch (IOException e) {
      throw new ConfigurationException(
          "the password file %s can't be read: %s"
              .formatted(passwordFile, e.getClass().getSimpleName()));
    }
  }
}
