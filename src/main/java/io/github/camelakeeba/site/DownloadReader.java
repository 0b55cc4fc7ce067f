package io.github.camelakeeba.site;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the key {@code download} of a site. */
final class DownloadReader {
  // one letter is a drive
  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.+");
  private static final Set<String> DELETABLE = Set.of("file", "ftp", "ftps", "sftp");

  private final Path home;
  private final SecretReader secrets;

  DownloadReader(Path home, SecretReader secrets) {
    this.home = home;
    this.secrets = secrets;
  }

  /** Null when the site has none. */
  Download read(String site, Section owner) {
    if (!owner.has("download")) {
      return null;
    }
    Section download = owner.child("download");
    if (download.holder("to", "toFile") == null) {
      owner.problem(
          "download", "'to' is missing in it; write a folder, or the URI of a Camel endpoint");
      return null;
    }
    Secret to = secrets.word(download, "to"); // its passwords are known by their names
    if (to == null) {
      return null;
    }
    String place = to.reveal().replace("{site}", site);
    boolean uri = URI.matcher(place).matches();
    Download read =
        new Download(
            uri ? null : folder(download, place),
            uri ? Secret.word(place) : null,
            count(download, "keep"),
            count(download, "keepDays"),
            count(download, "keepWeekly"),
            count(download, "keepMonthly"));
    if (uri && read.letsGo() && !DELETABLE.contains(place.replaceFirst(":.*", ""))) {
      owner.problem(
          "download",
          "nothing can be deleted at an endpoint of this kind; leave keep, keepDays, keepWeekly and"
              + " keepMonthly out, or write a folder, or an endpoint of file, ftp, ftps or sftp");
    }
    return read;
  }

  private Path folder(Section download, String place) {
    try {
      return home.resolve(place).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      download.problem(
          "to", FileEncoding.trouble() == null ? "is no folder" : FileEncoding.trouble());
      return home;
    }
  }

  private static Integer count(Section download, String key) {
    int number = download.number(key);
    return number == 0 ? null : number;
  }
}
