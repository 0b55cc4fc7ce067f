package io.github.camelakeeba.recheck;

import io.github.camelakeeba.archive.dump.DumpExpectation;
import io.github.camelakeeba.archive.dump.DumpVerification;
import io.github.camelakeeba.archive.format.ArchiveReader;
import io.github.camelakeeba.archive.format.ArchiveSource;
import io.github.camelakeeba.archive.format.ArchiveVerification;
import io.github.camelakeeba.archive.format.ArchiveVerification.Encryption;
import io.github.camelakeeba.archive.format.BrokenArchiveException;
import io.github.camelakeeba.archive.format.ReadProgress;
import io.github.camelakeeba.archive.format.Volume;
import io.github.camelakeeba.census.Census;
import io.github.camelakeeba.census.CensusDifference;
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
   * @param counted what was counted in it when it was downloaded; null: not known
   * @param passwords candidates for an encrypted one
   */
  public static Inspection inspect(
      ArchiveSource source,
      Map<String, String> known,
      Census counted,
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
    String changed = null;
    for (int i = 0; i < volumes.size(); i++) {
      String name = volumes.get(i).name();
      String before = known.get(name);
      compared += before == null ? 0 : 1;
      if (changed == null && before != null && !before.equals(archive.checksums().get(i))) {
        changed =
            "The file %s has changed since it was downloaded: its SHA-256 is %s in place of %s."
                .formatted(name, archive.checksums().get(i), before);
      }
    }
    DumpVerification verdict = contents.verdict(DumpExpectation.NONE);
    Census census = contents.census();
    List<String> differences =
        counted == null || census == null || isLocked(archive.encryption())
            ? null
            : CensusDifference.between(counted, census);
    Inspection inspection =
        new Inspection(
            changed != null ? changed : verdict.failure(),
            archive.unreadableReason(),
            verdict.warnings(),
            archive.checksums(),
            compared,
            archive.encryption(),
            census == null ? null : census.content(),
            differences);
    return differences == null || differences.isEmpty()
        ? inspection
        : inspection.withDifferences(compared == volumes.size() && changed == null);
  }

  private static boolean isLocked(Encryption encryption) {
    return encryption != Encryption.NONE && encryption != Encryption.DECRYPTED;
  }
}
