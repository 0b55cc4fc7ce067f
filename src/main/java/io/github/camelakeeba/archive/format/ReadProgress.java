package io.github.camelakeeba.archive.format;

/** Is told how far the reading of an archive has come, and may throw to end it. */
@FunctionalInterface
public interface ReadProgress {
  ReadProgress NONE = bytes -> {};

  /** So many more bytes of the archive's files were read; called some times a mebibyte. */
  void read(long bytes);
}
