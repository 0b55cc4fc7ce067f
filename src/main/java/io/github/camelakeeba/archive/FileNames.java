package io.github.camelakeeba.archive;

import io.github.camelakeeba.site.FileEncoding;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** File names that a site gives: never a way out of the folder, and good on every file system. */
final class FileNames {
  private static final int LONGEST = 200;

  // a dollar sign and braces would be an expression to a file endpoint
  private static final Pattern UNFIT = Pattern.compile("[\\p{Cntrl}\\p{Cf}<>:\"|?*${}]");

  private static final Pattern DEVICE =
      Pattern.compile("(?i)(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");
  private static final Set<String> OURS = Set.of("sha256sums");

  private FileNames() {}

  /** The name in the folder; throws {@link Broken} when nothing fit is left. */
  static String of(String given) {
    String last = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
    String name = UNFIT.matcher(last).replaceAll("_").strip().replaceFirst("[. ]+$", "");
    if (FileEncoding.trouble() != null) {
      name = name.replaceAll("[^ -~]", "_"); // here no file can be called otherwise
    }
    if (name.isEmpty() || name.startsWith(".")) {
      name = name.isEmpty() ? "" : "_" + name;
    }
    if (DEVICE.matcher(name).matches() || OURS.contains(name.toLowerCase(Locale.ROOT))) {
      name = "_" + name;
    }
    if (name.isEmpty() || name.length() > LONGEST || name.endsWith(FilePull.HALF)) {
      throw new Broken("The site lists a file of its archive without a usable name.");
    }
    return name;
  }
}
