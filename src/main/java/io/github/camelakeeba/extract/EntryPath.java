package io.github.camelakeeba.extract;

import io.github.camelakeeba.config.FileEncoding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where an entry of an archive belongs below the folder that it is extracted to.
 *
 * @param names of its folders and its own, outermost first; empty: it is refused
 * @param refusal why it must not be written, as part of a sentence; null: it may
 * @param remark what a person should know of its name, as part of a sentence; null: nothing
 */
record EntryPath(List<String> names, String refusal, String remark) {
  private static final int MAX_NAME_BYTES = 255;
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:([/\\\\].*)?", Pattern.DOTALL);
  private static final Pattern UP =
      Pattern.compile("(^|.*[/\\\\])\\.\\.([/\\\\].*|$)", Pattern.DOTALL);
  private static final Pattern NOT_FOR_WINDOWS =
      Pattern.compile(
          "(?i).*[\\p{Cntrl}<>:\"|?*\\\\].*|.*[. ]|(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[\\d¹²³]) *(\\..*)?",
          Pattern.DOTALL);
  private static final String NO_LETTER = "\uFFFD"; // of bytes that are no UTF-8

  /** Names that are ours while an archive is extracted. */
  static final String PARTIAL_FILE = ".extract-part";

  static final String JOURNAL = ".extract-journal";

  /**
   * Looks at a path as an archive has it.
   *
   * @param windows whether the folder is on Windows, which can't hold every name
   */
  static EntryPath of(String path, boolean windows) {
    if (path.indexOf('\0') >= 0) {
      return refused("it has a zero byte in its name");
    }
    if (path.startsWith("/") || path.startsWith("\\") || DRIVE.matcher(path).matches()) {
      return refused("its path is absolute");
    }
    if (UP.matcher(path).matches()) {
      return refused("it leads out of the folder by '..'");
    }
    List<String> names = new ArrayList<>();
    String remark = path.contains(NO_LETTER) ? "its name is not UTF-8" : null;
    for (String name : path.split("/")) {
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
        return refused("a name in its path has more than %s bytes".formatted(MAX_NAME_BYTES));
      }
      if (name.equalsIgnoreCase(PARTIAL_FILE)
          || names.isEmpty() && name.equalsIgnoreCase(JOURNAL)) {
        return refused("the name %s is needed to extract".formatted(name.toLowerCase(Locale.ROOT)));
      }
      if (NOT_FOR_WINDOWS.matcher(name).matches()) {
        if (windows) {
          return refused("Windows can't hold its name");
        }
        remark = "Windows could not hold its name";
      }
      names.add(name);
    }
    return names.isEmpty() ? refused("it has no name") : new EntryPath(names, null, remark);
  }

  private static EntryPath refused(String why) {
    return new EntryPath(List.of(), why, null);
  }

  /** Why this Java can't name a file so, as part of a sentence. */
  static String reason() {
    return FileEncoding.warning() == null
        ? "no file can be called so here"
        : FileEncoding.warning();
  }

  /** Its path with '/', below the folder. */
  String text() {
    return String.join("/", names);
  }

  String name() {
    return names.get(names.size() - 1);
  }

  List<String> folders() {
    return names.subList(0, names.size() - 1);
  }
}
