package io.github.camelakeeba.backup;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ArchiveSegment;
import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.archive.ArchivePrefixCheck;
import io.github.camelakeeba.run.Run;
import java.util.List;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** Whether the archive of a backup is there, and is whole as far as its first bytes show. */
public final class ArchiveSignatureCheck {
  private static final Set<ErrorKind> DOWNLOAD_REFUSED =
      Set.of(ErrorKind.REFUSED_SECRET, ErrorKind.CONFIGURATION);

  /**
   * The run, when the answer of download holds the beginning of an archive: its header, its first
   * entry, and whole entries as far as the bytes go. Throws {@code verification} when it holds
   * something else, or says that there is no such file. Where the site lets nobody read its
   * archives, that is a warning.
   */
  public Run verifySignature(
      @Body Run run,
      @Variable("akeeba-record") BackupRecord record,
      @Variable("backup-beginning") ArchiveSegment beginning) {
    if (beginning.refusal() != null) {
      return notVerified(run, beginning.refusal());
    }
    String complaint = new ArchivePrefixCheck(record, beginning.bytes()).defect();
    if (complaint != null) {
      throw BackupVerifier.verificationFailure("%s", complaint);
    }
    return run;
  }

  private static Run notVerified(Run run, AkeebaException e) {
    if (DOWNLOAD_REFUSED.contains(e.kind())) {
      String text = "The beginning of the archive could not be read: " + e.getMessage();
      return run.with(run.backup(), run.warnings().plus(List.of(text)));
    }
    throw BackupVerifier.verificationFailure(
        "its archive can't be read: %s", BackupVerifier.clause(e));
  }
}
