package io.github.camelakeeba.simulator.http;

/** A range of an archive as a body: {@code length} is its Content-Length, {@code sent} comes. */
public record StreamedBody(ArchiveBytes archive, long from, long length, long sent) {
  public StreamedBody truncatedAt(long bytes) {
    return new StreamedBody(archive, from, length, Math.min(bytes, length));
  }

  /** Content-Length says so too, whatever the site lists. */
  public StreamedBody resized(long bytes) {
    return new StreamedBody(archive, from, bytes, bytes);
  }
}
