package io.github.camelakeeba.archive;

import io.github.camelakeeba.akeeba.OperationInput;
import io.github.camelakeeba.archive.dump.DumpExpectation;
import io.github.camelakeeba.config.Site;
import java.nio.file.Path;

/**
 * Which archive is to be downloaded, and where.
 *
 * @param backupid the backup that the record must belong to; null: any
 * @param folder where the files go; made when it is not there
 */
public record DownloadRequest(
    Site site,
    long recordId,
    String backupid,
    Path folder,
    DumpExpectation expected,
    DownloadProgress progress)
    implements OperationInput {
  @Override
  public String siteName() {
    return site.name();
  }
}
