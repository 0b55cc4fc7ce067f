package io.github.camelakeeba.keep;

import io.github.camelakeeba.akeeba.Deadline;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.LostResponseException;
import io.github.camelakeeba.akeeba.LostResponseException.SendState;
import io.github.camelakeeba.archive.ChecksumFile;
import io.github.camelakeeba.archive.DiskErrors;
import io.github.camelakeeba.archive.DownloadedArchive;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.secret.UntrustedText;
import java.io.File;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.apache.camel.util.ObjectHelper;

/** Hands the files of an archive on to a Camel endpoint, and takes them away there. */
public final class ArchiveDelivery {
  private static final long POLL_INTERVAL_MILLIS = 1000;

  /**
   * A file for an endpoint.
   *
   * @param uri the endpoint's; a secret
   */
  public record FileDelivery(File file, String name, Secret uri) {
    /** The URI in clear, for the call itself only. */
    public String address() {
      String address = uri.reveal();
      // under its name only once it is whole
      return isFileTransfer() && !address.matches(".*[?&]temp(Prefix|FileName)=.*")
          ? with(address, "tempPrefix=.part-")
          : address;
    }

    boolean isFileTransfer() {
      return uri.reveal().matches("(file|ftps?|sftp):.*");
    }
  }

  /** An endpoint has not taken a file. */
  private static final class NotTakenException extends Exception {
    NotTakenException(Exception cause) {
      super(cause);
    }
  }

  /** The files of an archive and their sums; none where the archive stays in its folder. */
  public List<FileDelivery> deliveries(
      @Variable("akeeba-site") Site site, @Variable("backup-downloaded") DownloadedArchive pulled) {
    Secret uri = site.download().uri();
    List<FileDelivery> deliveries = new ArrayList<>();
    if (uri != null) {
      for (DownloadedArchive.File file : pulled.files()) {
        deliveries.add(
            new FileDelivery(pulled.folder().resolve(file.name()).toFile(), file.name(), uri));
      }
    }
    return deliveries;
  }

  /**
   * Sends a file, in a thread and on an exchange of its own; throws why it does not arrive, or why
   * the run has to end meanwhile.
   */
  public void deliver(
      Exchange exchange,
      @Body FileDelivery delivery,
      @Variable("akeeba-deadline") Deadline deadline)
      throws Exception {
    FileTransfer transfer = FileTransfer.start(delivery, exchange);
    try {
      Exchange sent = null;
      while (sent == null) {
        if (deadline != null) {
          deadline.checkNotOver();
        }
        sent = transfer.await(POLL_INTERVAL_MILLIS);
      }
      if (sent.getException() != null) {
        throw new NotTakenException(sent.getException());
      }
    } catch (ExecutionException e) {
      throw new NotTakenException(e);
    } catch (Exception e) { // also where another node has the run meanwhile
      transfer.cancel();
      throw e;
    }
  }

  /** What was handed on need not stay here too. */
  public void deleteLocalFiles(
      @Variable("akeeba-site") Site site, @Variable("backup-downloaded") DownloadedArchive pulled) {
    if (site.download().uri() == null) {
      return;
    }
    DiskErrors.translate(
        pulled.folder(),
        () -> {
          for (DownloadedArchive.File file : pulled.files()) {
            Files.deleteIfExists(pulled.folder().resolve(file.name()));
          }
          new ChecksumFile(pulled.folder())
              .remove(pulled.files().stream().map(DownloadedArchive.File::name).toList());
          return null;
        });
  }

  /**
   * Throws, without the endpoint's URI, that it does not take the files: it may do so later. What
   * is not the endpoint's goes through as it is: the run has no time left, was stopped or is lost.
   */
  public void rejectDelivery(Exchange exchange, @Variable("akeeba-site") Site site)
      throws Exception {
    Exception thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    if (ObjectHelper.getException(NotTakenException.class, thrown) == null) {
      throw thrown;
    }
    String said = UntrustedText.rootCause(thrown).replace(site.download().uri().reveal(), "***");
    throw new LostResponseException(
        ErrorKind.UNREACHABLE,
        "%s does not accept it: %s."
            .formatted(site.download().displayLocation(), said.replaceFirst("[. ]+$", "")),
        SendState.NOT_SENT,
        null,
        null);
  }

  /** The URI that finds a file at the endpoint and deletes it. */
  public String deletionUri(@Variable("akeeba-site") Site site, @Body String name) {
    String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    return with(
        site.download().uri().reveal(),
        "delete=true&idempotent=false&readLock=none&sendEmptyMessageWhenIdle=true"
            + (site.download().uri().reveal().startsWith("file:") ? "" : "&download=false")
            + "&fileName="
            + encoded);
  }

  private static String with(String uri, String options) {
    return uri + (uri.contains("?") ? "&" : "?") + options;
  }

  /** Deletes files of ours in a folder: regular ones, and only those that SHA256SUMS names. */
  public void deleteFiles(Path folder, List<String> names, String backup) {
    ChecksumFile sums = new ChecksumFile(folder);
    var noted = sums.entries();
    for (String name : names) {
      Path file = folder.resolve(name);
      ChecksumFile.Entry entry = noted.get(name);
      if (entry != null && entry.backup().equals(backup) && regular(file)) {
        DiskErrors.translate(file, () -> Files.deleteIfExists(file));
      }
    }
    sums.remove(
        names.stream()
            .filter(name -> noted.containsKey(name) && noted.get(name).backup().equals(backup))
            .toList());
  }

  private static boolean regular(Path file) {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }
}
