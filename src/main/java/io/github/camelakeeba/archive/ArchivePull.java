package io.github.camelakeeba.archive;

import io.github.camelakeeba.akeeba.ArchivePart;
import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.Signature;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An archive on its way here.
 *
 * @param order which one, and where
 * @param record its record on the site
 * @param files its files in the order of the archive's bytes: part 1 is the last one
 */
public record ArchivePull(ArchiveOrder order, BackupRecord record, List<FilePull> files) {
  private static final Pattern VOLUME = Pattern.compile(".*\\.[a-zA-Z](\\d{2,6})");

  /** Throws {@link Broken} when the record has nothing that could be fetched. */
  static ArchivePull of(ArchiveOrder order, BackupRecord record) {
    List<ArchivePart> parts = new ArrayList<>(record.files());
    if (parts.isEmpty()) {
      throw new Broken(
          record.remoteFilename().isEmpty()
              ? "The site has no files of record %s any more."
              : "The archive of record %s is not on the site: it was sent to a remote storage.",
          record.id());
    }
    parts.sort(
        Comparator.comparing((ArchivePart part) -> part.part() == 1)
            .thenComparing(ArchivePart::part));
    Set<String> names = new HashSet<>();
    List<FilePull> files = new ArrayList<>();
    for (ArchivePart part : parts) {
      String name = FileNames.of(part.name());
      if (!names.add(name.toLowerCase(Locale.ROOT))) {
        throw new Broken("The site lists two files of its archive with the name %s.", name);
      }
      if (part.size() <= 0) {
        throw new Broken("The site lists the file %s with %s bytes.", name, part.size());
      }
      files.add(file(order, record, part, name, files.isEmpty()));
    }
    ordered(files);
    return new ArchivePull(order, record, List.copyOf(files));
  }

  /** Volumes that count their names must count as the parts do: who unpacks them goes by names. */
  private static void ordered(List<FilePull> files) {
    int last = 0;
    for (FilePull file : files.subList(0, files.size() - 1)) {
      Matcher counted = VOLUME.matcher(file.name());
      int number = counted.matches() ? Integer.parseInt(counted.group(1)) : last + 1;
      if (number <= last) {
        throw new Broken(
            "The site lists the files of its archive in a wrong order: %s is said to be part %s.",
            file.name(), file.part());
      }
      last = number;
    }
  }

  private static FilePull file(
      ArchiveOrder order, BackupRecord record, ArchivePart part, String name, boolean first) {
    Path half = order.folder().resolve(name + "." + backup(record) + FilePull.HALF);
    return new FilePull(
        order.site(),
        record.id(),
        part.part(),
        name,
        half,
        part.size(),
        first ? Signature.of(kind(record, name)) : null,
        true,
        true,
        0,
        0,
        order.progress());
  }

  /** The archive's own name tells its kind; the first volume of a split one is called otherwise. */
  private static String kind(BackupRecord record, String name) {
    return record.archive().isEmpty() ? name : record.archive();
  }

  /** What tells this backup's files from those of any other with the same names. */
  static String backup(BackupRecord record) {
    String id = record.backupid();
    return id.matches("[A-Za-z0-9_-]{1,64}") ? id : "record-" + record.id();
  }

  String backup() {
    return backup(record);
  }

  /** The archive's name, whose end tells its kind. */
  String archive() {
    return kind(record, files.get(files.size() - 1).name());
  }

  long size() {
    return files.stream().mapToLong(FilePull::size).sum();
  }

  Path file(FilePull pull) {
    return order.folder().resolve(pull.name());
  }
}
