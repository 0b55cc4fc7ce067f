package io.github.camelakeeba.restore;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.archive.dump.DumpExpectation;
import io.github.camelakeeba.archive.dump.DumpSink;
import io.github.camelakeeba.archive.dump.DumpVerification;
import io.github.camelakeeba.archive.format.ArchiveReader;
import io.github.camelakeeba.archive.format.ArchiveSource;
import io.github.camelakeeba.archive.format.ArchiveVerification;
import io.github.camelakeeba.archive.format.BrokenArchiveException;
import io.github.camelakeeba.archive.format.ReadProgress;
import io.github.camelakeeba.config.proof.RestoreTestSettings;
import io.github.camelakeeba.restore.RestoreResult.RestoredTable;
import io.github.camelakeeba.restore.RestoreResult.Verdict;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.secret.UntrustedText;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Restores the dump of an archive into a scratch schema, which is gone afterwards. */
public final class RestoreTest {
  /** The longest test by default. */
  public static final Duration LONGEST = Duration.ofHours(6);

  private static final Logger LOG = LoggerFactory.getLogger(RestoreTest.class);

  private final Duration longest;
  private final ScratchSchemas schemas;
  private final EmbeddedServers embedded;

  /**
   * @param folder where the names of the scratch schemas are kept while they exist, and a server of
   *     our own keeps its files: {@code data/restore}; made when needed
   */
  public RestoreTest(Path folder, Duration longest) {
    this(folder, longest, RestoreTest.class.getClassLoader());
  }

  /**
   * @param jars has the jar of the server that we start ourselves
   */
  RestoreTest(Path folder, Duration longest, ClassLoader jars) {
    this.longest = longest;
    this.schemas = new ScratchSchemas(folder);
    this.embedded = new EmbeddedServers(folder, jars);
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
    RestoreReport report = new RestoreReport(source.name());
    try {
      if (settings.embedded()) {
        embedded.removeLeftovers();
        try (EmbeddedServer server = embedded.start()) {
          // noted in the server's folder, with which its schemas are gone
          ScratchSchemas own = new ScratchSchemas(server.place());
          RestoreLimits limits =
              new RestoreLimits(progress, server.place().toFile()::getUsableSpace);
          restore(source, passwords, server.address(), own, expected, limits, report);
        }
      } else {
        ServerAddress server = ServerAddress.of(settings);
        schemas.removeLeftovers(List.of(server));
        RestoreLimits limits = new RestoreLimits(progress, () -> Long.MAX_VALUE); // nobody tells
        restore(source, passwords, server, schemas, expected, limits, report);
      }
    } catch (UntestableException e) {
      report.end(Verdict.UNTESTED, e.getMessage());
    } catch (UnprovedException e) {
      report.end(Verdict.UNPROVED, e.getMessage());
    } catch (SQLException e) {
      report.end(Verdict.UNTESTED, untestable(e).getMessage());
    } catch (IOException | RuntimeException e) {
      LOG.debug("a restore test ended early", e);
      endUnread(report, e);
    }
    return report.result();
  }

  /** A download may have found that the archive is broken before its reader could. */
  private static void endUnread(RestoreReport report, Exception e) {
    AkeebaException known = AkeebaException.in(e);
    if (known instanceof BrokenArchiveException) {
      report.end(Verdict.UNPROVED, "The archive is broken. " + known.getMessage());
    } else {
      report.end(
          Verdict.UNTESTED,
          known != null
              ? UntrustedText.asReason(known.getMessage())
              : "The restore test could not be done: %s."
                  .formatted(UntrustedText.asCause(e.toString())));
    }
  }

  private void restore(
      ArchiveSource source,
      List<Secret> passwords,
      ServerAddress server,
      ScratchSchemas noted,
      DumpExpectation expected,
      RestoreLimits limits,
      RestoreReport report)
      throws IOException, SQLException {
    try (RestoreSession session = RestoreSession.open(server, longest)) {
      report.server(session.version);
      DumpSink dump = new DumpSink(source.name());
      RestoringSink sink = new RestoringSink(source.name(), session, noted, server, limits, dump);
      try {
        ArchiveVerification read = ArchiveReader.read(source, passwords, limits, sink);
        report.read(read.checksums(), sink.files(), sink.bytes());
        judge(read, sink, dump, expected, report);
      } finally {
        drop(sink, session);
      }
    }
  }

  /** What was read and restored: proved only if nothing at all speaks against it. */
  private static void judge(
      ArchiveVerification read,
      RestoringSink sink,
      DumpSink counted,
      DumpExpectation expected,
      RestoreReport report)
      throws SQLException {
    DumpVerification dump = counted.verdict(expected);
    report.warnings(dump.warnings());
    if (read.encrypted() && !read.decrypted()) {
      throw new UntestableException(
          "The archive is encrypted, and none of the passwords given fits: only its structure was checked.");
    }
    if (dump.failure() != null) {
      String failed = sink.failure() instanceof UnprovedException e ? " " + e.getMessage() : "";
      throw new UnprovedException(dump.failure() + failed);
    }
    if (sink.failure() != null) {
      throw sink.failure();
    }
    if (!sink.hasDump() && expected.there() && read.readable()) {
      throw new UnprovedException(
          "There is no dump in the archive, and the last backup of the same profile had one.");
    }
    if (sink.isOfFilesOnly() && read.readable()) {
      report.end(Verdict.PROVED, "It is an archive of files only; each was read whole.");
      return;
    }
    if (!sink.hasDump()) {
      throw new UntestableException(
          "No dump was found in the archive%s."
              .formatted(read.readable() ? "" : ": " + read.unreadableReason()));
    }
    if (!read.readable() && !report.isPlainSql()) {
      throw new UntestableException(
          "Not all of the archive can be read: %s.".formatted(read.unreadableReason()));
    }
    if (counted.unaccounted() != null) {
      throw new UnprovedException(counted.unaccounted());
    }
    List<RestoredTable> tables = sink.finish();
    if (tables.isEmpty()) {
      throw new UnprovedException("The dump creates no table.");
    }
    report.tables(tables);
    report.end(
        Verdict.PROVED,
        report.isPlainSql()
            ? "A .sql has neither a list of its tables nor a mark at its end: tables that are missing there would not show."
            : null);
  }

  private static void drop(RestoringSink sink, RestoreSession session) {
    try {
      sink.drop(session.connection);
    } catch (IOException | SQLException e) {
      LOG.warn(
          "the scratch schema of a restore test could not be dropped; the next test removes it: {}",
          StatementText.ofServer(e.getMessage()));
    }
  }

  static UntestableException untestable(SQLException e) {
    return new UntestableException(
        "The database server can't be used (error %s): %s."
            .formatted(e.getErrorCode(), StatementText.ofServer(e.getMessage())));
  }

  /**
   * Removes what tests left that were killed: schemas on the servers of these settings, and servers
   * of our own. What a running test of this or another process uses stays.
   */
  public void removeLeftovers(Collection<RestoreTestSettings> settings) {
    embedded.removeLeftovers();
    schemas.removeLeftovers(
        settings.stream().filter(one -> !one.embedded()).map(ServerAddress::of).toList());
  }
}
