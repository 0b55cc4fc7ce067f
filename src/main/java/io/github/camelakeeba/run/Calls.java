package io.github.camelakeeba.run;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ArchivePart;
import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.OperationInput;
import io.github.camelakeeba.akeeba.Question;
import io.github.camelakeeba.akeeba.RequestBody;
import io.github.camelakeeba.site.Site;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** The bean {@code akeeba-requests}: what each operation of the API sends to the site. */
public final class Calls {
  /** Bytes of a file that is looked at to its end; of a larger one the first 64 KiB are. */
  private static final long READ_WHOLE = 512 * 1024;

  private final Map<String, Site> sites;

  /** The sites by name. */
  public Calls(Map<String, Site> sites) {
    this.sites = sites;
  }

  /** {@code getVersion}. */
  public Question getVersion(@Body OperationInput input) {
    return question(input, RequestBody.getVersion());
  }

  /** {@code getProfiles}. */
  public Question getProfiles(@Body OperationInput input) {
    return question(input, RequestBody.getProfiles());
  }

  /** {@code listBackups}, the newest first. */
  public Question listBackups(@Body OperationInput input) {
    return question(input, RequestBody.listBackups(input.from(), input.limit()));
  }

  /** {@code getBackupInfo}; throws {@code verification} when the record's number is not known. */
  public Question getBackupInfo(@Body OperationInput input) {
    if (input.recordId() == 0) {
      throw new AkeebaException(
          ErrorKind.VERIFICATION,
          "The site never told the number of the backup's record, so the backup can't be verified. "
              + "Do not rely on it; look at the list of backups on the site.");
    }
    return question(input, RequestBody.getBackupInfo(input.recordId()));
  }

  /** {@code exportConfiguration}. */
  public Question exportProfile(@Body OperationInput input) {
    return question(input, RequestBody.exportConfiguration(input.profileId()));
  }

  /** {@code download} of a small archive, or of the beginning of a larger one. */
  public Question downloadBeginning(
      @Body OperationInput input, @Variable("akeeba-record") BackupRecord record) {
    int part = record.beginning().map(ArchivePart::part).orElse(1);
    boolean small = record.beginning().filter(file -> file.size() <= READ_WHOLE).isPresent();
    Question question = question(input, RequestBody.download(record.id(), part, 1));
    return small ? question : question.inBrief();
  }

  /** {@code startBackup} with profile, description, comment and overrides. */
  public Question startBackup(@Body Run run) {
    BackupRequest request = run.request();
    return question(
            run,
            RequestBody.startBackup(
                request.profile(), request.description(), request.comment(), request.overrides()))
        .noted(run.gap().notedAt());
  }

  /** {@code stepBackup}. */
  public Question stepBackup(@Body Run run) {
    return question(run, RequestBody.stepBackup(run.backup().backupid()))
        .noted(run.gap().notedAt());
  }

  private Question question(OperationInput input, RequestBody body) {
    return new Question(sites.get(input.siteName()), body);
  }
}
