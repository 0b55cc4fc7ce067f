package io.github.camelakeeba.archive.format;

import io.github.camelakeeba.akeeba.ArchivePart;
import io.github.camelakeeba.akeeba.ArchiveSignature;
import io.github.camelakeeba.akeeba.BackupRecord;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The first bytes of an archive that stays on the site: its signature, its first entry, and each
 * further one as far as the bytes go. Those of a single file that is here as a whole are read to
 * their end.
 */
public final class ArchivePrefixCheck {
  private final BackupRecord record;
  private final ArchivePart file;
  private final byte[] bytes;

  /** Of the file with the archive's beginning, which the record must list. */
  public ArchivePrefixCheck(BackupRecord record, byte[] bytes) {
    this.record = record;
    this.file = record.firstFile().orElseThrow();
    this.bytes = bytes;
  }

  /** What is wrong, as part of a sentence; null: nothing in these bytes. */
  public String defect() {
    String defect = ArchiveSignature.of(name()).mismatch(bytes);
    if (defect != null) {
      return "the file %s %s".formatted(file.name(), defect);
    }
    try {
      return verifyEntries();
    } catch (BrokenArchiveException broken) {
      return "the archive %s is broken: %s"
          .formatted(name(), broken.getMessage().replaceFirst("\\.$", ""));
    } catch (IOException e) {
      throw new UncheckedIOException("memory is no file", e);
    }
  }

  private String verifyEntries() throws IOException {
    boolean whole = files() == 1 && bytes.length == file.size();
    InputStream prefix = new ByteArrayInputStream(bytes);
    LittleEndianInput in =
        new LittleEndianInput(
            whole ? prefix : new SequenceInputStream(prefix, new UnavailableInput()));
    FormatReader reader = ArchiveReader.readerFor(name(), files(), List.of(), in, EntrySink.NONE);
    if (whole) {
      ArchiveReader.read(reader, in);
      return null;
    }
    try {
      reader.unreadableReason();
      return null;
    } catch (EOFException e) {
      return reader.entries > 0
          ? null
          : "the file %s ends before the archive's first entry".formatted(file.name());
    }
  }

  private String name() {
    return record.archive().isEmpty() ? file.name() : record.archive();
  }

  private int files() {
    return Math.max(1, Math.max(record.multipart(), record.files().size()));
  }

  /** The bytes that follow, which are not here: without it the archive would seem to end. */
  private static final class UnavailableInput extends InputStream {
    @Override
    public int read() throws IOException {
      throw new EOFException();
    }
  }
}
