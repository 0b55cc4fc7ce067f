package io.github.camelakeeba.keep;

import io.github.camelakeeba.archive.DownloadRequest;
import io.github.camelakeeba.run.Run;

/**
 * The download of a good backup's archive.
 *
 * @param run with what is known of its archive
 * @param stored the archive here; null: it is not here
 * @param request what is to be downloaded; null: nothing
 */
public record DownloadState(Run run, StoredArchive stored, DownloadRequest request) {}
