package io.github.camelakeeba.archive.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The files of an archive, wherever they lie. */
public interface ArchiveSource {
  /** The archive's own name, whose end tells its format: {@code .jpa .zip .jps .sql}. */
  String name();

  /** In the order of the archive's bytes: {@code .j01, .j02, …, .jpa}. */
  List<Volume> volumes();

  /** Bytes of all volumes; -1: not known. */
  default long size() {
    long size = 0;
    for (Volume volume : volumes()) {
      if (volume.size() < 0) {
        return -1;
      }
      size += volume.size();
    }
    return size;
  }

  static ArchiveSource of(String name, List<Volume> volumes) {
    return new ArchiveSource() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public List<Volume> volumes() {
        return volumes;
      }
    };
  }

  /** Files here, in the order of the archive's bytes, whatever they are called. */
  static ArchiveSource ofFiles(String name, List<Path> files) {
    return of(name, files.stream().map(Volume::of).toList());
  }

  /**
   * The archive that a file belongs to: any of its volumes, which are looked for in its folder.
   * Throws {@link java.nio.file.NoSuchFileException} when the file, or a volume that must be there,
   * is not, with the name of what is missing; {@link IOException} with a sentence when the name is
   * not that of an archive.
   */
  static ArchiveSource of(Path file) throws IOException {
    return VolumeFiles.of(file);
  }
}
