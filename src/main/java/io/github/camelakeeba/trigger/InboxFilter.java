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
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leaves a file that may still be written for later: Camel's read locks hold the others up. */
final class InboxFilter implements GenericFileFilter<File> {
  private static final Logger LOG = LoggerFactory.getLogger(InboxFilter.class);
  private static final long SETTLE_MILLIS = Duration.ofSeconds(1).toMillis();
  private static final int MAX_REMEMBERED = 10_000;
  private static final int MAX_NAME_LENGTH = 200;

  private final String trigger;
  private final GenericFileFilter<File> userFilter;
  private final boolean waitUntilStable;
  private final LongSupplier nanoTime;
  private final Map<String, Observed> observed = new HashMap<>();
  private final Set<String> logged = new HashSet<>();

  /** A file as it was found first, by {@link System#nanoTime}. */
  private record Observed(long size, long modified, long since) {}

  /**
   * @param userFilter the filter of the endpoint's own URI, or null
   * @param waitUntilStable whether it is this filter that decides when a file is whole
   */
  InboxFilter(
      String trigger,
      GenericFileFilter<File> userFilter,
      boolean waitUntilStable,
      LongSupplier nanoTime) {
    this.trigger = trigger;
    this.userFilter = userFilter;
    this.waitUntilStable = waitUntilStable;
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
        return skip(file, "is a symbolic link, and no link is followed; it stays where it is");
      }
      return !found.isRegularFile() || !waitUntilStable || isStable(file.getPath(), found);
    } catch (InvalidPathException e) {
      return skip(file, undecodableName());
    } catch (IOException e) {
      // it is gone meanwhile, unless it was never there by this name
      return file.getName().indexOf('\uFFFD') >= 0 && skip(file, undecodableName());
    }
  }

  private static String undecodableName() {
    return "has a name that can't be said in the encoding of file names; it stays where it is: "
        + Objects.requireNonNullElse(FileEncoding.warning(), "give it a name in UTF-8");
  }

  /** Logs it once for each file; gives false. */
  private boolean skip(File file, String reason) {
    if (logged.size() < MAX_REMEMBERED && logged.add(file.getPath())) {
      LOG.warn(
          "trigger {}: the file {} {}",
          trigger,
          UntrustedText.oneLine(file.getName(), MAX_NAME_LENGTH),
          reason);
    }
    return false;
  }

  /** It was written a while ago, or, by a clock that is ahead, is as it was a while ago. */
  private boolean isStable(String name, BasicFileAttributes found) {
    long modified = found.lastModifiedTime().toMillis();
    long now = nanoTime.getAsLong();
    boolean stable = System.currentTimeMillis() - modified >= SETTLE_MILLIS;
    Observed before = observed.get(name);
    if (!stable
        && (before == null || before.size() != found.size() || before.modified() != modified)) {
      if (observed.size() >= MAX_REMEMBERED) {
        observed.clear();
      }
      observed.put(name, new Observed(found.size(), modified, now));
      return false;
    }
    if (stable || TimeUnit.NANOSECONDS.toMillis(now - before.since()) >= SETTLE_MILLIS) {
      observed.remove(name);
      return true;
    }
    return false;
  }
}
