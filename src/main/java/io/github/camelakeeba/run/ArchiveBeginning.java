package io.github.camelakeeba.run;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ArchiveSegment;
import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.archive.Beginning;
import java.util.List;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** Whether the archive of a backup is there, and is whole as far as its first bytes show. */
public final class ArchiveBeginning {
  private static final Set<ErrorKind> NOT_ALLOWED =
      Set.of(ErrorKind.REFUSED_SECRET, ErrorKind.CONFIGURATION);

  /**
   * The run, when the answer of download holds the beginning of an archive: its header, its first
   * entry, and whole entries as far as the bytes go. Throws {@code verification} when it holds
   * something else, or says that there is no such file. Where the site lets nobody read its
   * archives, that is a warning.
   */
  public Run entries(
      @Body Run run,
      @Variable("akeeba-record") BackupRecord record,
      @Variable("backup-beginning") ArchiveSegment beginning) {
    if (beginning.refusal() != null) {
      return unread(run, beginning.refusal());
    }
    String complaint = new Beginning(record, beginning.bytes()).complaint();
    if (complaint != null) {
      throw BackupVerdicts.wrong("%s", complaint);
    }
    return run;
  }

  private static Run unread(Run run, AkeebaException e) {
    if (NOT_ALLOWED.contains(e.kind())) {
      String text = "The beginning of the archive could not be read: " + e.getMessage();
      return run.with(run.backup(), run.warnings().and(List.of(text)));
    }
    throw BackupVerdicts.wrong("its archive can't be read: %s", BackupVerdicts.clause(e));
  }
}
