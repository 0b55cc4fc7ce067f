package io.github.camelakeeba.restore;

import io.github.camelakeeba.archive.dump.DumpExpectation;
import io.github.camelakeeba.archive.format.ArchiveSource;
import io.github.camelakeeba.archive.format.ReadProgress;
import io.github.camelakeeba.config.proof.RestoreTestSettings;
import io.github.camelakeeba.secret.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** Restores the dump of an archive into a scratch schema, which is gone afterwards. */
public final class RestoreTest {
  /** The longest test by default. */
  public static final Duration LONGEST = Duration.ofHours(6);

  private final Path folder;
  private final Duration longest;

  /**
   * @param folder where the names of the scratch schemas are kept while they exist, and a server of
   *     our own keeps its files: {@code data/restore}; made when needed
   */
  public RestoreTest(Path folder, Duration longest) {
    this.folder = folder;
    this.longest = longest;
  }

  /**
   * Reads the archive once, from its first byte to its last, and restores what it holds. Never
   * throws for what the archive, the server or the disk is like: the result says so.
   *
   * @param passwords candidates for an encrypted archive
   * @param expected what the site said of the dump, or {@link DumpExpectation#NONE}
   */
  public RestoreResult run(
      ArchiveSource source,
      List<Secret> passwords,
      RestoreTestSettings settings,
      DumpExpectation expected,
      ReadProgress progress) {
    throw new UnsupportedOperationException(folder + " " + longest);
  }

  /**
   * Removes what tests left that were killed: schemas on the servers of these settings, and servers
   * of our own. What a running test of this or another process uses stays.
   */
  public void removeLeftovers(Collection<RestoreTestSettings> settings) {
    throw new UnsupportedOperationException();
  }
}
