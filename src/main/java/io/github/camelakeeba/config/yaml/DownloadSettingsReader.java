package io.github.camelakeeba.config.yaml;

import io.github.camelakeeba.config.DownloadSettings;
import io.github.camelakeeba.config.FileEncoding;
import io.github.camelakeeba.secret.Secret;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the key {@code download} of a site. */
final class DownloadSettingsReader {
  // one letter is a drive
  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.+");
  private static final Set<String> DELETABLE = Set.of("file", "ftp", "ftps", "sftp");

  private final Path home;
  private final SecretReader secrets;

  DownloadSettingsReader(Path home, SecretReader secrets) {
    this.home = home;
    this.secrets = secrets;
  }

  /** Null when the site has none. */
  DownloadSettings read(String site, ConfigSection owner) {
    if (!owner.has("download")) {
      return null;
    }
    ConfigSection download = owner.child("download");
    if (download.definingSection("to", "toFile") == null) {
      owner.problem(
          "download", "'to' is missing in it; write a folder, or the URI of a Camel endpoint");
      return null;
    }
    Secret to = secrets.unmasked(download, "to"); // its passwords are known by their names
    if (to == null) {
      return null;
    }
    String place = to.reveal().replace("{site}", site);
    boolean uri = URI.matcher(place).matches();
    DownloadSettings read =
        new DownloadSettings(
            uri ? null : folder(download, place),
            uri ? Secret.unmasked(place) : null,
            count(download, "keep"),
            count(download, "keepDays"),
            count(download, "keepWeekly"),
            count(download, "keepMonthly"));
    if (uri && read.hasRetention() && !DELETABLE.contains(place.replaceFirst(":.*", ""))) {
      owner.problem(
          "download",
          "nothing can be deleted at an endpoint of this kind; leave keep, keepDays, keepWeekly and"
              + " keepMonthly out, or write a folder, or an endpoint of file, ftp, ftps or sftp");
    }
    return read;
  }

  private Path folder(ConfigSection download, String place) {
    try {
      return home.resolve(place).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      download.problem(
          "to", FileEncoding.warning() == null ? "is no folder" : FileEncoding.warning());
      return home;
    }
  }

  private static Integer count(ConfigSection download, String key) {
    int number = download.number(key);
    return number == 0 ? null : number;
  }
}
