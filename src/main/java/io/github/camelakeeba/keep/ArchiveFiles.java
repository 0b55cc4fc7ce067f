package io.github.camelakeeba.keep;

import java.nio.file.Path;
import org.apache.camel.Variable;

/** The files of archives in folders of this machine. */
public final class ArchiveFiles {
  private final ArchiveDelivery files;

  public ArchiveFiles(ArchiveDelivery files) {
    this.files = files;
  }

  /** Deletes the files of an archive that is let go; what is not ours stays. */
  public void delete(@Variable("backup-expired-archive") StoredArchive old) {
    files.deleteFiles(Path.of(old.location()), old.files(), old.backupid());
  }
}
