package io.github.camelakeeba.extract;

import io.github.camelakeeba.archive.DiskErrors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The links of an archive, which are made last, so that nothing is written through one. A link is
 * made only when its target stays in the folder: relative, with '..' only in front, and no more of
 * them than the link has folders around it. Since all of these are real folders, and each link that
 * its target may lead over keeps the same rule, no chain of links leads out.
 */
final class LinkEntries {
  private static final int MAX_REMEMBERED = 16 << 20; // bytes of paths and targets, about
  private static final int BYTES_A_LINK = 200; // beside its characters
  private static final int MAX_TARGET = 4096; // bytes

  private final Map<EntryPath, String> targets = new LinkedHashMap<>();
  private final ByteArrayOutputStream target = new ByteArrayOutputStream();
  private long remembered;

  void begin() {
    target.reset();
  }

  void bytes(byte[] bytes, int offset, int length) {
    target.write(bytes, offset, Math.min(length, MAX_TARGET + 1 - target.size()));
  }

  /** The link whose target has come; returns why it is refused, or null. */
  String end(EntryPath path) {
    if (target.size() > MAX_TARGET) {
      return "its target has more than %s bytes".formatted(MAX_TARGET);
    }
    String to = target.toString(StandardCharsets.UTF_8);
    String refusal = refusal(path, to);
    if (refusal == null && remembered > MAX_REMEMBERED) {
      refusal = "the archive has more links than any site";
    }
    if (refusal == null) {
      targets.put(path, to);
      remembered += BYTES_A_LINK + 2L * path.text().length() + to.length();
    }
    return refusal;
  }

  static String refusal(EntryPath link, String target) {
    if (target.isEmpty() || target.indexOf('\0') >= 0) {
      return "it is a link to nothing";
    }
    if (target.startsWith("/") || target.startsWith("\\") || target.matches("(?s)[A-Za-z]:.*")) {
      return "it is a link to %s, which is an absolute path".formatted(target);
    }
    int up = 0;
    boolean down = false;
    for (String name : target.split("/")) {
      if (name.isEmpty() || name.equals(".")) {
        continue;
      }
      if (name.equals("..") && !down) {
        up++;
      } else if (name.equals("..") || name.matches("(?s)(.*\\\\)?\\.\\.(\\\\.*)?")) {
        return "it is a link to %s, which goes up on its way".formatted(target);
      } else {
        down = true;
      }
    }
    return up > link.folders().size()
        ? "it is a link to %s, which is outside of the folder".formatted(target)
        : null;
  }

  /** Makes them; returns how many are there now. */
  long make(ExtractFolder folder, Remarks warnings) {
    long made = 0;
    for (Map.Entry<EntryPath, String> link : targets.entrySet()) {
      String problem;
      try {
        Path place = folder.place(link.getKey());
        problem = DiskErrors.translate(place, () -> make(place, link.getValue()));
      } catch (ExtractFolder.RefusedException e) {
        problem = "not extracted, since " + e.getMessage();
      } catch (InvalidPathException e) {
        problem = "not extracted, since " + EntryPath.reason();
      }
      if (problem == null) {
        made++;
      } else {
        warnings.add(link.getKey().text(), problem);
      }
    }
    return made;
  }

  private static String make(Path place, String target) throws IOException {
    if (Files.isSymbolicLink(place) && Files.readSymbolicLink(place).toString().equals(target)) {
      return null;
    }
    if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      return "something else is there already, so that the link to %s is not made"
          .formatted(target);
    }
    try {
      Files.createSymbolicLink(place, Path.of(target));
      return null;
    } catch (UnsupportedOperationException | InvalidPathException e) {
      return "a link to %s can't be made here".formatted(target);
    }
  }
}
