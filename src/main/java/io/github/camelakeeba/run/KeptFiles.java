package io.github.camelakeeba.run;

import io.github.camelakeeba.archive.HandingOn;
import java.nio.file.Path;
import org.apache.camel.Variable;

/** The files of archives in folders of this machine. */
public final class KeptFiles {
  private final HandingOn files;

  /** Deletes by these rules. */
  public KeptFiles(HandingOn files) {
    this.files = files;
  }

  /** Deletes the files of an archive that is let go; what is not ours stays. */
  public void remove(@Variable("backup-old") KeptArchive old) {
    files.remove(Path.of(old.place()), old.files(), old.backupid());
  }
}
