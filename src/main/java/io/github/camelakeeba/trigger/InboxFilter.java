package io.github.camelakeeba.trigger;

import io.github.camelakeeba.notify.ServerText;
import io.github.camelakeeba.site.FileEncoding;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which files of a folder are taken now. A file that may still be written is left for a later look:
 * Camel's own read locks wait for each such file while the others wait for them.
 */
final class InboxFilter implements GenericFileFilter<File> {
  private static final Logger LOG = LoggerFactory.getLogger(InboxFilter.class);
  private static final long SETTLED = Duration.ofSeconds(1).toMillis();
  private static final int MOST_REMEMBERED = 10_000;
  private static final int LONGEST_NAME = 200;

  private final String trigger;
  private final GenericFileFilter<File> users;
  private final boolean settling;
  private final LongSupplier nanoTime;
  private final Map<String, Seen> seen = new HashMap<>();
  private final Set<String> told = new HashSet<>();

  private record Seen(long size, long modified, long since) {}

  /**
   * Of this trigger.
   *
   * @param users the filter of the endpoint's own URI, or null
   * @param settling whether it is this filter that tells when a file is whole
   */
  InboxFilter(
      String trigger, GenericFileFilter<File> users, boolean settling, LongSupplier nanoTime) {
    this.trigger = trigger;
    this.users = users;
    this.settling = settling;
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized boolean accept(GenericFile<File> file) {
    return (users == null || users.accept(file)) && fits(file.getFile());
  }

  private boolean fits(File file) {
    try {
      Path path = file.toPath();
      BasicFileAttributes found =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (found.isSymbolicLink() && !Files.isRegularFile(path)) {
        // Camel could not move what leads nowhere, and would read the folder that it leads to
        return !tell(file, "is a symbolic link, and no link is followed; it stays where it is");
      }
      return !found.isRegularFile() || !settling || settled(file.getPath(), found);
    } catch (InvalidPathException e) {
      return !tell(file, unsayable());
    } catch (IOException e) {
      // it was taken away meanwhile, unless it was never there by this name
      return file.getName().indexOf('\uFFFD') >= 0 && !tell(file, unsayable());
    }
  }

  private static String unsayable() {
    String trouble = FileEncoding.trouble();
    return "has a name that can't be said in the encoding of file names; it stays where it is: "
        + (trouble == null ? "give it a name in UTF-8" : trouble);
  }

  /** Once of each file; gives true. */
  private boolean tell(File file, String what) {
    if (told.size() < MOST_REMEMBERED && told.add(file.getPath())) {
      LOG.warn(
          "trigger {}: the file {} {}",
          trigger,
          ServerText.oneLine(file.getName(), LONGEST_NAME),
          what);
    }
    return true;
  }

  /** It was written a while ago, or, by a clock that is ahead, looks as it did a while ago. */
  private boolean settled(String name, BasicFileAttributes found) {
    long modified = found.lastModifiedTime().toMillis();
    long age = System.currentTimeMillis() - modified;
    if (age >= SETTLED) {
      seen.remove(name);
      return true;
    }
    Seen before = seen.get(name);
    long now = nanoTime.getAsLong();
    if (before == null || before.size() != found.size() || before.modified() != modified) {
      if (seen.size() >= MOST_REMEMBERED) {
        seen.clear();
      }
      seen.put(name, new Seen(found.size(), modified, now));
      return false;
    }
    boolean settled = Duration.ofNanos(now - before.since()).toMillis() >= SETTLED;
    if (settled) {
      seen.remove(name);
    }
    return settled;
  }
}
