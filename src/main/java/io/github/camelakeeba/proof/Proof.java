package io.github.camelakeeba.proof;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.camelakeeba.notify.text.HumanFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A restore test, from the request to the record of its result. Instants are ISO 8601 in UTC; what
 * is not known is null.
 *
 * @param verdict {@code proved}, {@code unproved} or {@code untested}; null: it has not ended
 * @param trigger {@code schedule}, {@code api} or {@code command}
 * @param requestedBy whose request it was, as of a run
 * @param recordId the number of the backup record on the site
 * @param archive the file name of the archive
 * @param size bytes of all files of the archive
 * @param sha256 of the archive's files, as the event's {@code sha256}
 * @param checkedAt when it ended
 * @param durationMs milliseconds from its begin to its end
 * @param server the database server that it was restored on, such as {@code 11.4.5-MariaDB}
 * @param tables restored and counted
 * @param rows of all tables
 * @param counts of each table
 * @param files that were read in the archive, whole
 * @param reason why it is not proved; of a proved one what to know beside it, or null
 * @param node the name of the process that made it
 * @param progress what it is doing; null once it has ended
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Proof(
    String id,
    String site,
    String verdict,
    String trigger,
    String requestedBy,
    Instant askedAt,
    Instant startedAt,
    Instant checkedAt,
    Long durationMs,
    String backupid,
    Long recordId,
    String archive,
    Long size,
    String sha256,
    String server,
    Integer tables,
    Long rows,
    List<TableCount> counts,
    Long files,
    String reason,
    String node,
    String progress) {
  @JsonIgnore
  public boolean isProved() {
    return Verdict.PROVED.word().equals(verdict);
  }

  @JsonIgnore
  public boolean isUnproved() {
    return Verdict.UNPROVED.word().equals(verdict);
  }

  /** Whether it has a result. */
  @JsonIgnore
  public boolean hasEnded() {
    return verdict != null;
  }

  /** What was counted where: {@code 7 tables, 3,119 rows on 11.4.5-MariaDB}; null: nothing was. */
  @JsonIgnore
  public String counted() {
    return tables == null ? null : HumanFormat.counted(tables, rows) + " on " + server;
  }

  static Long duration(Instant from, Instant until) {
    return from == null || until == null
        ? null
        : (Long) Math.max(0, Duration.between(from, until).toMillis());
  }
}
