package io.github.camelakeeba.keep;

import io.github.camelakeeba.akeeba.Deadline;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.LostResponseException;
import io.github.camelakeeba.akeeba.LostResponseException.SendState;
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
import java.util.concurrent.ExecutionException;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/** Transfers the files of an archive to the Camel endpoint that the site's {@code download} has. */
public final class ArchiveDelivery {
  private static final long POLL_INTERVAL_MILLIS = 1000;

  /**
   * Sends a file, in a thread and on an exchange of its own. Throws {@link LostResponseException},
   * without the endpoint's URI, when the endpoint does not accept it: it may do so later; and what
   * the deadline throws when the run has to end meanwhile.
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
            archive.folder().resolve(file.name()).toFile(), site.download().uri(), exchange);
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

  private static LostResponseException notAccepted(Exception failure, DownloadSettings download) {
    JvmErrors.rethrowJvmError(failure);
    String reason = UntrustedText.rootCause(failure).replace(download.uri().reveal(), "***");
    return new LostResponseException(
        ErrorKind.UNREACHABLE,
        "%s does not accept it: %s."
            .formatted(download.displayLocation(), reason.replaceFirst("[. ]+$", "")),
        SendState.NOT_SENT,
        null,
        null);
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

  /** The URI that finds a file at the endpoint and deletes it. */
  static Secret deletionUri(Secret endpoint, String name) {
    String uri = endpoint.reveal();
    return Secret.unmasked(
        with(
            uri,
            "delete=true&idempotent=false&readLock=none&sendEmptyMessageWhenIdle=true"
                + (uri.startsWith("file:") ? "" : "&download=false")
                + "&fileName="
                + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20")));
  }

  static String with(String uri, String options) {
    return uri + (uri.contains("?") ? "&" : "?") + options;
  }
}
