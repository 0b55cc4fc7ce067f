package io.github.camelakeeba.restore;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a restore test found.
 *
 * @param reason why it is not proved, or what stands in the way of a test, as a sentence without
 *     secrets; of a proved one what was not there to be restored, or null
 * @param server product and version of the database server, such as {@code 11.4.5-MariaDB}; null
 *     where none was reached
 * @param archive the archive's name
 * @param sha256 of the archive's files, in their order, in hex; empty where it was not read to its
 *     end
 * @param files regular files that were read in the archive, whole
 * @param bytes of these files
 * @param tables that were restored, of all databases in the archive; views are not counted
 * @param warnings what a person should look at although the verdict stands
 * @param checkedAt when the test began
 */
public record RestoreResult(
    Verdict verdict,
    String reason,
    String server,
    String archive,
    List<String> sha256,
    long files,
    long bytes,
    List<RestoredTable> tables,
    List<String> warnings,
    Instant checkedAt,
    Duration duration) {

  /** Whether the archive can be restored. */
  public enum Verdict {
    /** All of the dump was restored, and what was counted on the server is what the dump holds. */
    PROVED,
    /** It can't be restored, or what was restored is not what it should be. */
    UNPROVED,
    /** Nothing can be said: what stood in the way is not the archive's fault. */
    UNTESTED
  }

  /**
   * A table on the server.
   *
   * @param name as the dump has it, with {@code #__}
   * @param rows counted on the server
   */
  public record RestoredTable(String name, long rows) {}

  /** Rows of all tables, counted on the server. */
  public long rows() {
    return tables.stream().mapToLong(RestoredTable::rows).sum();
  }
}
