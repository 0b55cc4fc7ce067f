package io.github.camelakeeba.keep;

import io.github.camelakeeba.archive.DownloadRequest;
import io.github.camelakeeba.run.Run;

/**
 * What is to be done with the archive of a backup that is good.
 *
 * @param run with what is known of its archive without a download
 * @param request what is to be downloaded, or null: nothing
 */
public record DownloadPlan(Run run, DownloadRequest request) {}
