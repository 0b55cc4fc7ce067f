package io.github.camelakeeba.extract;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.archive.format.ArchiveVerification.Encryption;
import java.nio.file.Path;

/**
 * What was extracted. When it failed, all that is counted is in the folder under its name.
 *
 * @param archive its name
 * @param entries files, folders and links that were wanted
 * @param written files that were written and read back
 * @param kept files that were there already, byte by byte
 * @param bytes of written and kept files
 * @param encryption null: not known, it failed before
 * @param unread what of the archive can't be checked, and why; null: nothing
 * @param warnings what was not done
 * @param notes what a person should know, and what is as it should be
 * @param failure why not all was extracted; null: all was
 */
public record ExtractResult(
    String archive,
    Path folder,
    long entries,
    long written,
    long kept,
    long folders,
    long links,
    long bytes,
    Encryption encryption,
    String unread,
    Remarks warnings,
    Remarks notes,
    AkeebaException failure) {

  /** This, when all was extracted; throws why not. */
  public ExtractResult orThrow() {
    if (failure != null) {
      throw failure;
    }
    return this;
  }
}
