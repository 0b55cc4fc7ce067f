package io.github.camelakeeba.trigger;

import io.github.camelakeeba.config.FileEncoding;
import io.github.camelakeeba.secret.UntrustedText;
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
  private static final long SETTLE_MILLIS = Duration.ofSeconds(1).toMillis();
  private static final int MAX_REMEMBERED = 10_000;
  private static final int MAX_NAME_LENGTH = 200;

  private final String trigger;
  private final GenericFileFilter<File> userFilter;
  private final boolean waitUntilStable;
  private final LongSupplier nanoTime;
  private final Map<String, Seen> seen = new HashMap<>();
  private final Set<String> logged = new HashSet<>();

  private record Seen(long size, long modified, long since) {}

  /**
   * Of this trigger.
   *
   * @param users the filter of the endpoint's own URI, or null
   * @param settling whether it is this filter that decides when a file is whole
   */
  InboxFilter(
      String trigger, GenericFileFilter<File> users, boolean settling, LongSupplier nanoTime) {
    this.trigger = trigger;
    this.userFilter = users;
    this.waitUntilStable = settling;
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized boolean accept(GenericFile<File> file) {
    return (userFilter == null || userFilter.accept(file)) && isReadable(file.getFile());
  }

  private boolean isReadable(File file) {
    try {
      Path path = file.toPath();
      BasicFileAttributes found =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (found.isSymbolicLink() && !Files.isRegularFile(path)) {
        // Camel could not move what leads nowhere, and would read the folder that it leads to
        return !logOnce(file, "is a symbolic link, and no link is followed; it stays where it is");
      }
      return !found.isRegularFile() || !waitUntilStable || isStable(file.getPath(), found);
    } catch (InvalidPathException e) {
      return !logOnce(file, undecodableName());
    } catch (IOException e) {
      // it was taken away meanwhile, unless it was never there by this name
      return file.getName().indexOf('\uFFFD') >= 0 && !logOnce(file, undecodableName());
    }
  }

  private static String undecodableName() {
    String trouble = FileEncoding.warning();
    return "has a name that can't be said in the encoding of file names; it stays where it is: "
        + (trouble == null ? "give it a name in UTF-8" : trouble);
  }

  /** Once of each file; gives true. */
  private boolean logOnce(File file, String what) {
    if (logged.size() < MAX_REMEMBERED && logged.add(file.getPath())) {
      LOG.warn(
          "trigger {}: the file {} {}",
          trigger,
          UntrustedText.oneLine(file.getName(), MAX_NAME_LENGTH),
          what);
    }
    return true;
  }

  /** It was written a while ago, or, by a clock that is ahead, looks as it did a while ago. */
  private boolean isStable(String name, BasicFileAttributes found) {
    long modified = found.lastModifiedTime().toMillis();
    long age = System.currentTimeMillis() - modified;
    if (age >= SETTLE_MILLIS) {
      seen.remove(name);
      return true;
    }
    Seen before = seen.get(name);
    long now = nanoTime.getAsLong();
    if (before == null || before.size() != found.size() || before.modified() != modified) {
      if (seen.size() >= MAX_REMEMBERED) {
        seen.clear();
      }
      seen.put(name, new Seen(found.size(), modified, now));
      return false;
    }
    boolean settled = Duration.ofNanos(now - before.since()).toMillis() >= SETTLE_MILLIS;
    if (settled) {
      seen.remove(name);
    }
    return settled;
  }
}
