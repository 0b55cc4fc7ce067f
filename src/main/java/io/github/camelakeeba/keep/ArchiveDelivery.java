package io.github.camelakeeba.keep;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.Deadline;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.LostResponseException;
import io.github.camelakeeba.akeeba.LostResponseException.SendState;
import io.github.camelakeeba.archive.ArchiveHeaders;
import io.github.camelakeeba.archive.ChecksumFile;
import io.github.camelakeeba.archive.DiskErrors;
import io.github.camelakeeba.archive.DownloadedArchive;
import io.github.camelakeeba.config.DownloadSettings;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.exchange.JvmErrors;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.secret.UntrustedText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/** Transfers the files of an archive to the Camel endpoint that the site's {@code download} has. */
public final class ArchiveDelivery {
  private static final long POLL_INTERVAL_MILLIS = 1000;

  /**
   * Sends a file, in a thread and on an exchange of its own. Throws {@link LostResponseException},
   * without the endpoint's URI, when the endpoint does not accept it: it may do so later; another
   * {@link AkeebaException} when something must be changed first; and what the deadline throws when
   * the run has to end meanwhile.
   */
  public void deliver(
      Exchange exchange,
      @Body DownloadedArchive.File file,
      @Variable("backup-downloaded") DownloadedArchive archive,
      @Variable("akeeba-site") Site site,
      @Variable("akeeba-deadline") Deadline deadline)
      throws Exception {
    FileTransfer transfer =
        FileTransfer.start(
            archive.folder().resolve(file.name()).toFile(),
            site.download().uri(),
            Map.of(
                ArchiveHeaders.BACKUPID, archive.backupid(), ArchiveHeaders.SHA256, file.sha256()),
            exchange);
    Exception failure;
    try {
      Exchange sent = null;
      while (sent == null) {
        if (deadline != null) {
          deadline.checkNotOver();
        }
        sent = transfer.await(POLL_INTERVAL_MILLIS);
      }
      failure = sent.getException();
    } catch (ExecutionException e) {
      failure = e;
    } catch (Exception e) { // also where another node has the run meanwhile
      transfer.cancel();
      throw e;
    }
    if (failure != null) {
      throw notAccepted(failure, site.download());
    }
  }

  /** Worth another attempt, unless the endpoint says why it is not. */
  private static AkeebaException notAccepted(Exception failure, DownloadSettings download) {
    JvmErrors.rethrowJvmError(failure);
    AkeebaException known = known(failure);
    String reason =
        known != null
            ? known.getMessage()
            : UntrustedText.rootCause(failure).replace(download.uri().reveal(), "***");
    String message =
        "%s does not accept it: %s."
            .formatted(download.displayLocation(), reason.replaceFirst("[. ]+$", ""));
    return known == null || known instanceof LostResponseException
        ? new LostResponseException(ErrorKind.UNREACHABLE, message, SendState.NOT_SENT, null, null)
        : new AkeebaException(known.kind(), message);
  }

  /** What an endpoint of ours says, without a secret; null: another's. */
  static AkeebaException known(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof AkeebaException known) {
        return known;
      }
    }
    return null;
  }

  /** Deletes the files here once the endpoint has all of them. */
  public void deleteLocalFiles(@Variable("backup-downloaded") DownloadedArchive archive) {
    DiskErrors.translate(
        archive.folder(),
        () -> {
          for (DownloadedArchive.File file : archive.files()) {
            Files.deleteIfExists(archive.folder().resolve(file.name()));
          }
          return null;
        });
    new ChecksumFile(archive.folder()).remove(archive.fileNames());
  }

  /** The URI that finds a file of the backup at the endpoint and deletes it. */
  static Secret deletionUri(Secret endpoint, String backupid, String name) {
    String uri = endpoint.reveal();
    String how =
        uri.startsWith("s3:")
            ? "backupid=" + encoded(backupid)
            : "idempotent=false&readLock=none&sendEmptyMessageWhenIdle=true"
                + (uri.startsWith("file:") ? "" : "&download=false");
    return Secret.unmasked(with(uri, "delete=true&" + how + "&fileName=" + encoded(name)));
  }

  /** Whether files that the endpoint got can be read from it. */
  static boolean isReadable(Secret endpoint) {
    return endpoint.reveal().matches("(s3|file|ftps?|sftp):.*");
  }

  /** The URI that reads a file of the backup from such an endpoint, and leaves it there. */
  static Secret readingUri(Secret endpoint, String backupid, String name) {
    String uri = endpoint.reveal();
    String how =
        uri.startsWith("s3:")
            ? "backupid=" + encoded(backupid)
            : "noop=true&idempotent=false&readLock=none&sendEmptyMessageWhenIdle=true"
                + (uri.startsWith("file:")
                    ? ""
                    // else a server that is away would look like one that lacks the file
                    : "&streamDownload=true&stepwise=false&throwExceptionOnConnectFailed=true"
                        + "&maximumReconnectAttempts=0");
    return Secret.unmasked(with(uri, how + "&fileName=" + encoded(name)));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  static String with(String uri, String options) {
    return uri + (uri.contains("?") ? "&" : "?") + options;
  }
}
