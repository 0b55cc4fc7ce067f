package io.github.camelakeeba.archive;

import io.github.camelakeeba.akeeba.http.ApiQuery;

/**
 * A call for a file, or for the next piece of it.
 *
 * @param file the file before the call
 * @param here bytes of it that were here before the call
 * @param question what the site is asked
 */
public record FilePiece(FileDownload file, long here, ApiQuery question) {
  /** Whether the whole file is asked for. */
  boolean whole() {
    return question.sink() != null;
  }
}
