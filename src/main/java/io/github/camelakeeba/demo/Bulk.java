package io.github.camelakeeba.demo;

/**
 * A body that is too large to be held: a stretch of an archive.
 *
 * @param archive whose bytes they are
 * @param from the first byte
 * @param length as Content-Length says
 * @param sent so many come before the connection is closed
 */
record Bulk(ArchiveBytes archive, long from, long length, long sent) {

  /** It breaks off after so many bytes. */
  Bulk cutAt(long bytes) {
    return new Bulk(archive, from, length, Math.min(bytes, length));
  }

  /** It honestly has so many bytes, whatever the site lists. */
  Bulk resized(long bytes) {
    return new Bulk(archive, from, bytes, bytes);
  }
}
