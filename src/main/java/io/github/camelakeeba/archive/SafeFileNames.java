package io.github.camelakeeba.archive;

import io.github.camelakeeba.archive.format.BrokenArchiveException;
import io.github.camelakeeba.config.FileEncoding;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** File names that a site gives: never a way out of the folder, and good on every file system. */
final class SafeFileNames {
  private static final int MAX_LENGTH = 200;
  // a dollar sign and braces would be an expression to a file endpoint
  private static final Pattern ILLEGAL_CHARACTERS =
      Pattern.compile("[\\p{Cntrl}\\p{Cf}<>:\"|?*${}]");
  private static final Pattern DEVICE_NAME =
      Pattern.compile("(?i)(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");
  private static final Set<String> RESERVED_NAMES = Set.of("sha256sums");

  private SafeFileNames() {}

  /** The name in the folder; throws {@link BrokenArchiveException} when nothing fit is left. */
  static String of(String given) {
    String last = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
    String name =
        ILLEGAL_CHARACTERS.matcher(last).replaceAll("_").strip().replaceFirst("[. ]+$", "");
    if (FileEncoding.warning() != null) {
      name = name.replaceAll("[^ -~]", "_"); // here no file can be called otherwise
    }
    if (name.isEmpty() || name.startsWith(".")) {
      name = name.isEmpty() ? "" : "_" + name;
    }
    if (DEVICE_NAME.matcher(name).matches()
        || RESERVED_NAMES.contains(name.toLowerCase(Locale.ROOT))) {
      name = "_" + name;
    }
    if (name.isEmpty()
        || name.length() > MAX_LENGTH
        || name.endsWith(FileDownload.PARTIAL_SUFFIX)) {
      throw new BrokenArchiveException(
          "The site lists a file of its archive without a usable name.");
    }
    return name;
  }
}
