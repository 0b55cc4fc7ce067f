package io.github.camelakeeba.simulator.http;

/**
 * A body that is too large to be held: a stretch of an archive.
 *
 * @param archive whose bytes they are
 * @param from the first byte
 * @param length as Content-Length says
 * @param sent so many come before the connection is closed
 */
public record StreamedBody(ArchiveBytes archive, long from, long length, long sent) {

  /** It breaks off after so many bytes. */
  public StreamedBody truncatedAt(long bytes) {
    return new StreamedBody(archive, from, length, Math.min(bytes, length));
  }

  /** It honestly has so many bytes, whatever the site lists. */
  public StreamedBody resized(long bytes) {
    return new StreamedBody(archive, from, bytes, bytes);
  }
}
