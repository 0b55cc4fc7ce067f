package io.github.camelakeeba.simulator.http;

/**
 * A body that is too large for memory: a range of an archive.
 *
 * @param length Content-Length, bytes
 * @param sent bytes that are sent before the connection is closed
 */
public record StreamedBody(ArchiveBytes archive, long from, long length, long sent) {

  public StreamedBody truncatedAt(long bytes) {
    return new StreamedBody(archive, from, length, Math.min(bytes, length));
  }

  /** Content-Length says so too, whatever the site lists. */
  public StreamedBody resized(long bytes) {
    return new StreamedBody(archive, from, bytes, bytes);
  }
}
