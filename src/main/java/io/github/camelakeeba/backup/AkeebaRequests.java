package io.github.camelakeeba.backup;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ArchivePart;
import io.github.camelakeeba.akeeba.BackupRecord;
import io.github.camelakeeba.akeeba.Call;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.OperationInput;
import io.github.camelakeeba.akeeba.client.ProfileImport.ImportRequest;
import io.github.camelakeeba.akeeba.http.ApiQuery;
import io.github.camelakeeba.akeeba.http.CallFactory;
import io.github.camelakeeba.akeeba.http.RequestBody;
import io.github.camelakeeba.config.ApiEndpoint;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.Run;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** The bean {@code akeeba-requests}: what each operation of the API sends to the site. */
public final class AkeebaRequests {
  /** Bytes of a file that is checked to its end; of a larger one the first 64 KiB are. */
  private static final long MAX_WHOLE_DOWNLOAD = 512 * 1024;

  private final Function<OperationInput, Site> sites;
  private final CallFactory calls;

  public AkeebaRequests(Function<OperationInput, Site> sites, CallFactory calls) {
    this.sites = sites;
    this.calls = calls;
  }

  /** The operation's call; throws {@code verification} when the record's number is not known. */
  public Call call(
      @Body OperationInput input,
      @Variable("akeeba-operation") String operation,
      @Variable("akeeba-record") BackupRecord record,
      @Variable("akeeba-endpoint") ApiEndpoint endpoint) {
    ApiQuery query = input instanceof ApiQuery ready ? ready : query(operation, input, record);
    return calls.call(query, endpoint);
  }

  private ApiQuery query(String operation, OperationInput input, BackupRecord record) {
    Site site = sites.apply(input);
    return switch (operation) {
      case "get-version" -> new ApiQuery(site, RequestBody.getVersion());
      case "get-profiles" -> new ApiQuery(site, RequestBody.getProfiles());
      case "list-backups" ->
          new ApiQuery(site, RequestBody.listBackups(input.from(), input.limit()));
      case "get-backup-info" ->
          new ApiQuery(site, RequestBody.getBackupInfo(knownRecord(input.recordId())));
      case "export-profile" ->
          new ApiQuery(site, RequestBody.exportConfiguration(input.profileId()));
      case "import-profile" ->
          new ApiQuery(site, RequestBody.importConfiguration(((ImportRequest) input).profile()));
      case "download-beginning" -> downloadBeginning(site, record);
      case "start-backup" -> startBackup(site, (Run) input);
      case "step-backup" ->
          new ApiQuery(site, RequestBody.stepBackup(((Run) input).backup().backupid()))
              .journaledAt(((Run) input).journal().notedAt());
      default -> throw new IllegalArgumentException("no operation of the API: " + operation);
    };
  }

  private static long knownRecord(long recordId) {
    if (recordId == 0) {
      throw new AkeebaException(
          ErrorKind.VERIFICATION,
          "The site never told the number of the backup's record, so the backup can't be verified. "
              + "Do not rely on it; look at the list of backups on the site.");
    }
    return recordId;
  }

  private static ApiQuery downloadBeginning(Site site, BackupRecord record) {
    Optional<ArchivePart> first = record.firstFile();
    int part = first.map(ArchivePart::part).orElse(1);
    boolean small = first.filter(file -> file.size() <= MAX_WHOLE_DOWNLOAD).isPresent();
    return new ApiQuery(site, RequestBody.download(record.id(), part, 1)).prefixOnly(!small);
  }

  private static ApiQuery startBackup(Site site, Run run) {
    BackupRequest request = run.request();
    RequestBody body =
        RequestBody.startBackup(
            request.profile(), request.description(), request.comment(), request.overrides());
    return new ApiQuery(site, body).journaledAt(run.journal().notedAt());
  }
}
