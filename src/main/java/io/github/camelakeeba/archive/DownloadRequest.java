package io.github.camelakeeba.archive;

import io.github.camelakeeba.akeeba.OperationInput;
import io.github.camelakeeba.archive.dump.DumpExpectation;
import io.github.camelakeeba.config.Site;
import java.nio.file.Path;

/** Which archive goes where; backupid null: any of the record; the folder is made if need be. */
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
