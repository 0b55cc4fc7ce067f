package io.github.camelakeeba.archive;

import io.github.camelakeeba.akeeba.ArchivePart;
import io.github.camelakeeba.akeeba.ArchiveSignature;
import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.archive.format.BrokenArchiveException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An archive on its way here; files in the order of its bytes: part 1 is the last one. */
public record ArchiveDownload(
    DownloadRequest request, BackupRecord record, List<FileDownload> files) {
  private static final Pattern VOLUME = Pattern.compile(".*\\.[a-zA-Z](\\d{2,6})");

  /**
   * Throws {@link BrokenArchiveException} when the record is not of what can be fetched. Without a
   * folder its files can only be read as streams.
   */
  public static ArchiveDownload of(DownloadRequest request, BackupRecord record) {
    if (request.backupid() != null
        && !record.backupid().isEmpty()
        && !request.backupid().equals(record.backupid())) {
      throw new BrokenArchiveException("Record %s belongs to another backup.", record.id());
    }
    if (!record.complete()) {
      throw new BrokenArchiveException(
          "The backup of record %s has the status '%s' in place of 'complete': its archive is not fetched.",
          record.id(), record.status());
    }
    List<ArchivePart> parts = new ArrayList<>(record.files());
    if (parts.isEmpty()) {
      throw new BrokenArchiveException(
          record.remoteFilename().isEmpty()
              ? "The site has no files of record %s any more."
              : "The archive of record %s is not on the site: it was sent to a remote storage.",
          record.id());
    }
    parts.sort(
        Comparator.comparing((ArchivePart part) -> part.part() == 1)
            .thenComparing(ArchivePart::part));
    Set<String> names = new HashSet<>();
    List<FileDownload> files = new ArrayList<>();
    for (ArchivePart part : parts) {
      String name = SafeFileNames.of(part.name());
      if (!names.add(name.toLowerCase(Locale.ROOT))) {
        throw new BrokenArchiveException(
            "The site lists two files of its archive with the name %s.", name);
      }
      if (part.size() <= 0) {
        throw new BrokenArchiveException(
            "The site lists the file %s with %s bytes.", name, part.size());
      }
      files.add(
          new FileDownload(
              request.site(),
              record.id(),
              part.part(),
              name,
              request.folder() == null
                  ? null
                  : request
                      .folder()
                      .resolve(name + "." + backupKey(record) + FileDownload.PARTIAL_SUFFIX),
              null,
              part.size(),
              files.isEmpty() ? ArchiveSignature.of(kind(record, name)) : null,
              request.progress(),
              true,
              0,
              0,
              0));
    }
    checkVolumeOrder(files);
    return new ArchiveDownload(request, record, List.copyOf(files));
  }

  /** Numbered volumes must be in the order of the parts: unpacking goes by names. */
  private static void checkVolumeOrder(List<FileDownload> files) {
    int last = 0;
    for (FileDownload file : files.subList(0, files.size() - 1)) {
      Matcher volume = VOLUME.matcher(file.name());
      int number = volume.matches() ? Integer.parseInt(volume.group(1)) : last + 1;
      if (number <= last) {
        throw new BrokenArchiveException(
            "The site lists the files of its archive in a wrong order: %s is said to be part %s.",
            file.name(), file.part());
      }
      last = number;
    }
  }

  /** The name whose end is the archive's kind; the first volume of a split one has another. */
  private static String kind(BackupRecord record, String name) {
    return record.archive().isEmpty() ? name : record.archive();
  }

  /** Distinguishes this backup's files from those of any other with the same names. */
  String backupKey() {
    return backupKey(record);
  }

  private static String backupKey(BackupRecord record) {
    return backupKey(record.backupid(), record.id());
  }

  /** What a file or a folder of a backup may be called, whatever the site calls the backup. */
  public static String backupKey(String backupid, long recordId) {
    return backupid.matches("[A-Za-z0-9_-]{1,64}") ? backupid : "record-" + recordId;
  }

  /** The archive's own name. */
  public String archive() {
    return kind(record, files.get(files.size() - 1).name());
  }

  long size() {
    return files.stream().mapToLong(FileDownload::size).sum();
  }

  /** Where a file is once it is whole. */
  Path path(FileDownload file) {
    return request.folder().resolve(file.name());
  }
}
