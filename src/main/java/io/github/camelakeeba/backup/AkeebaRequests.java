package io.github.camelakeeba.backup;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ArchivePart;
import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.OperationInput;
import io.github.camelakeeba.akeeba.http.ApiQuery;
import io.github.camelakeeba.akeeba.http.RequestBody;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.Run;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** The bean {@code akeeba-requests}: what each operation of the API sends to the site. */
public final class AkeebaRequests {
  /** Bytes of a file that is read to its end; of a larger one the first 64 KiB are. */
  private static final long MAX_WHOLE_DOWNLOAD = 512 * 1024;

  private final Map<String, Site> sites;

  public AkeebaRequests(Map<String, Site> sites) {
    this.sites = sites;
  }

  /** {@code getVersion}. */
  public ApiQuery getVersion(@Body OperationInput input) {
    return query(input, RequestBody.getVersion());
  }

  /** {@code getProfiles}. */
  public ApiQuery getProfiles(@Body OperationInput input) {
    return query(input, RequestBody.getProfiles());
  }

  /** {@code listBackups}, the newest first. */
  public ApiQuery listBackups(@Body OperationInput input) {
    return query(input, RequestBody.listBackups(input.from(), input.limit()));
  }

  /** {@code getBackupInfo}; throws {@code verification} when the record's number is not known. */
  public ApiQuery getBackupInfo(@Body OperationInput input) {
    if (input.recordId() == 0) {
      throw new AkeebaException(
          ErrorKind.VERIFICATION,
          "The site never told the number of the backup's record, so the backup can't be verified. "
              + "Do not rely on it; look at the list of backups on the site.");
    }
    return query(input, RequestBody.getBackupInfo(input.recordId()));
  }

  /** {@code exportConfiguration}. */
  public ApiQuery exportProfile(@Body OperationInput input) {
    return query(input, RequestBody.exportConfiguration(input.profileId()));
  }

  /** {@code download} of a small archive, or of the beginning of a larger one. */
  public ApiQuery downloadBeginning(
      @Body OperationInput input, @Variable("akeeba-record") BackupRecord record) {
    int part = record.firstFile().map(ArchivePart::part).orElse(1);
    boolean small =
        record.firstFile().filter(file -> file.size() <= MAX_WHOLE_DOWNLOAD).isPresent();
    ApiQuery question = query(input, RequestBody.download(record.id(), part, 1));
    return small ? question : question.inBrief();
  }

  /** {@code startBackup} with profile, description, comment and overrides. */
  public ApiQuery startBackup(@Body Run run) {
    BackupRequest request = run.request();
    return query(
            run,
            RequestBody.startBackup(
                request.profile(), request.description(), request.comment(), request.overrides()))
        .noted(run.journal().notedAt());
  }

  /** {@code stepBackup}. */
  public ApiQuery stepBackup(@Body Run run) {
    return query(run, RequestBody.stepBackup(run.backup().backupid()))
        .noted(run.journal().notedAt());
  }

  private ApiQuery query(OperationInput input, RequestBody body) {
    return new ApiQuery(sites.get(input.siteName()), body);
  }
}
