package io.github.camelakeeba.recheck;

import io.github.camelakeeba.archive.dump.DumpExpectation;
import io.github.camelakeeba.archive.dump.DumpVerification;
import io.github.camelakeeba.archive.format.ArchiveReader;
import io.github.camelakeeba.archive.format.ArchiveSource;
import io.github.camelakeeba.archive.format.ArchiveVerification;
import io.github.camelakeeba.archive.format.BrokenArchiveException;
import io.github.camelakeeba.archive.format.ReadProgress;
import io.github.camelakeeba.archive.format.Volume;
import io.github.camelakeeba.census.Census;
import io.github.camelakeeba.census.CensusSink;
import io.github.camelakeeba.secret.Secret;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;

/**
 * Reads an archive to its end: its structure, all that is packed in it, its dump, its checksums.
 */
public final class ArchiveInspector {
  private ArchiveInspector() {}

  /**
   * Throws {@link IOException} when the source can't be read, which says nothing of the archive.
   *
   * @param known the SHA-256 of its files by their names, in hex, where they are known
   * @param passwords candidates for an encrypted one
   */
  public static Inspection inspect(
      ArchiveSource source,
      Map<String, String> known,
      List<Secret> passwords,
      ReadProgress progress)
      throws IOException {
    CensusSink contents = new CensusSink(source.name());
    ArchiveVerification archive;
    try {
      archive = ArchiveReader.read(source, passwords, progress, contents);
    } catch (BrokenArchiveException broken) {
      return Inspection.of(broken.getMessage());
    } catch (NoSuchFileException | FileNotFoundException gone) {
      return Inspection.of("The file %s is gone.".formatted(gone.getMessage()));
    }
    List<Volume> volumes = source.volumes();
    int compared = 0;
    for (int i = 0; i < volumes.size(); i++) {
      String name = volumes.get(i).name();
      String before = known.get(name);
      if (before != null) {
        compared++;
        if (!before.equals(archive.checksums().get(i))) {
          return Inspection.of(
              "The file %s has changed since it was downloaded: its SHA-256 is %s in place of %s."
                  .formatted(name, archive.checksums().get(i), before));
        }
      }
    }
    DumpVerification verdict = contents.verdict(DumpExpectation.NONE);
    Census census = contents.census();
    return new Inspection(
        verdict.failure(),
        archive.unreadableReason(),
        verdict.warnings(),
        archive.checksums(),
        compared,
        archive.encryption(),
        census == null ? null : census.content());
  }
}
