package io.github.camelakeeba.restore;

import io.github.camelakeeba.restore.RestoreResult.RestoredTable;
import io.github.camelakeeba.restore.RestoreResult.Verdict;
import io.github.camelakeeba.secret.UntrustedText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Gathers what becomes the result of a restore test. */
final class RestoreReport {
  private static final int REASON_LENGTH = 1000; // characters

  private final String archive;
  private final Instant began = Instant.now();
  private final long beganNanos = System.nanoTime();

  private Verdict verdict = Verdict.UNTESTED;
  private String reason;
  private String server;
  private List<String> checksums = List.of();
  private long files;
  private long bytes;
  private List<RestoredTable> tables = List.of();
  private List<String> warnings = List.of();

  RestoreReport(String archive) {
    this.archive = archive;
  }

  boolean isPlainSql() {
    return archive.toLowerCase(Locale.ROOT).endsWith(".sql");
  }

  void server(String version) {
    server = UntrustedText.asName(version);
  }

  void read(List<String> checksums, long files, long bytes) {
    this.checksums = checksums;
    this.files = files;
    this.bytes = bytes;
  }

  void tables(List<RestoredTable> tables) {
    this.tables = List.copyOf(tables);
  }

  void warnings(List<String> warnings) {
    this.warnings = warnings;
  }

  void end(Verdict verdict, String reason) {
    this.verdict = verdict;
    this.reason = UntrustedText.limited(reason, REASON_LENGTH);
  }

  RestoreResult result() {
    return new RestoreResult(
        verdict,
        reason,
        server,
        archive,
        checksums,
        files,
        bytes,
        tables,
        warnings,
        began,
        Duration.ofNanos(System.nanoTime() - beganNanos));
  }
}
