package io.github.camelakeeba.archive;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.BackupInfo;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.LostResponseException;
import io.github.camelakeeba.archive.dump.DumpVerification;
import io.github.camelakeeba.archive.format.ArchiveReader;
import io.github.camelakeeba.archive.format.ArchiveSource;
import io.github.camelakeeba.archive.format.ArchiveVerification;
import io.github.camelakeeba.archive.format.BrokenArchiveException;
import io.github.camelakeeba.census.Census;
import io.github.camelakeeba.census.CensusSink;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.secret.Secret;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.util.ObjectHelper;

/** The folder of an archive before and after its files are fetched. */
public final class DownloadFolder {

  /**
   * What of the archive is here already, from an earlier download of the same backup, and what has
   * to be fetched. Throws {@code verification} when the archive can't be had, {@code configuration}
   * when there is no room, when a file of another backup is in the way, or when another process
   * downloads it.
   */
  public ArchiveDownload plan(
      Exchange exchange, @Body DownloadRequest request, @Variable("akeeba-info") BackupInfo info) {
    ArchiveDownload archive = ArchiveDownload.of(request, info.orMissing());
    Path folder = request.folder();
    DiskErrors.translate(folder, () -> Files.createDirectories(folder));
    lock(exchange, archive);
    Map<String, ChecksumFile.Entry> checksums = new ChecksumFile(folder).entries();
    List<FileDownload> files =
        archive.files().stream()
            .map(file -> isDownloaded(archive, file, checksums) ? file.completed() : file.resumed())
            .toList();
    long here = files.stream().mapToLong(FileDownload::position).sum();
    DiskErrors.checkFreeSpace(folder, archive.size() - here);
    request.progress().start(archive.size(), here);
    return new ArchiveDownload(request, archive.record(), files);
  }

  private static boolean isDownloaded(
      ArchiveDownload archive, FileDownload file, Map<String, ChecksumFile.Entry> listed) {
    Path whole = archive.path(file);
    if (!Files.exists(whole, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    ChecksumFile.Entry entry = listed.get(file.name());
    boolean ours =
        entry != null
            && entry.backup().equals(archive.backupKey())
            && Files.isRegularFile(whole, LinkOption.NOFOLLOW_LINKS)
            && DiskErrors.translate(whole, () -> Files.size(whole)) == file.size();
    if (!ours) {
      throw new AkeebaException(
          ErrorKind.CONFIGURATION,
          "%s is there already, and is not of this backup; move it away, or choose another folder."
              .formatted(whole));
    }
    return true;
  }

  /** Two downloads of the same archive would write one file out of two streams. */
  private static void lock(Exchange exchange, ArchiveDownload archive) {
    Path folder = archive.request().folder();
    Path file = folder.resolve("." + archive.backupKey() + ".lock");
    FileChannel channel = DiskErrors.translate(file, () -> openLocked(file));
    if (channel == null) {
      throw new AkeebaException(
          ErrorKind.CONFIGURATION,
          "This archive is being downloaded into %s already.".formatted(folder));
    }
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                try {
                  Files.deleteIfExists(file);
                  channel.close();
                } catch (IOException e) {
                  throw DiskErrors.writeFailure(file, e);
                }
              }
            });
  }

  /** Null: another download has it. */
  private static FileChannel openLocked(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // one in this process
    }
    channel.close();
    return null;
  }

  /**
   * The archive, read from its first byte to its last, its files under their names and listed in
   * SHA256SUMS. Throws {@code verification} when it is not whole; its partial files are deleted
   * then.
   */
  public DownloadedArchive verify(@Variable("akeeba-archive") ArchiveDownload archive) {
    DownloadRequest request = archive.request();
    Verified verified = read(archive);
    ChecksumFile checksumFile = new ChecksumFile(request.folder());
    Map<String, ChecksumFile.Entry> listed = checksumFile.entries();
    List<DownloadedArchive.File> files = new ArrayList<>();
    Map<String, String> checksums = new TreeMap<>();
    for (FileDownload file : archive.files()) {
      String checksum = verified.archive().checksums().get(files.size());
      Path path = pathOf(archive, file);
      if (!path.equals(file.partialFile())
          && !listed.get(file.name()).checksum().equals(checksum)) {
        throw new BrokenArchiveException(
            "The file %s has changed since it was fetched; move it away, and fetch it anew.", path);
      }
      checksums.put(file.name(), checksum);
      files.add(new DownloadedArchive.File(file.name(), file.size(), checksum));
    }
    // first: a file under its name is one that is known
    checksumFile.add(archive.backupKey(), checksums);
    for (FileDownload file : archive.files()) {
      Path whole = archive.path(file);
      if (Files.exists(file.partialFile())) {
        DiskErrors.translate(whole, () -> ChecksumFile.moveAtomically(file.partialFile(), whole));
      }
    }
    return new DownloadedArchive(
        request.site().name(),
        archive.record().id(),
        archive.record().backupid(),
        archive.record().profile(),
        archive.record().start(),
        request.folder(),
        List.copyOf(files),
        verified.archive().unreadableReason(),
        verified.warnings(),
        verified.census());
  }

  private record Verified(ArchiveVerification archive, DumpVerification dump, Census census) {
    List<String> warnings() {
      String locked = lockedWarning(archive);
      return locked == null ? dump.warnings() : List.of(locked);
    }
  }

  /** A password that fits nothing is found out now, and not on the day of a restoration. */
  private static String lockedWarning(ArchiveVerification archive) {
    return switch (archive.encryption()) {
      case WRONG_PASSWORD ->
          "The site's archivePassword does not fit this archive: it can't be restored with it.";
      case UNREADABLE ->
          "The archive can't be decrypted, with whatever archivePassword: "
              + archive.unreadableReason()
              + ".";
      case NONE, DECRYPTED, NO_PASSWORD -> null;
    };
  }

  private static Verified read(ArchiveDownload archive) {
    DownloadRequest request = archive.request();
    CensusSink sink = new CensusSink(archive.archive());
    List<Path> files = archive.files().stream().map(file -> pathOf(archive, file)).toList();
    try {
      request.progress().reading();
      ArchiveVerification verified =
          ArchiveReader.read(
              ArchiveSource.ofFiles(archive.archive(), files),
              passwords(request.site()),
              request.progress(),
              sink);
      DumpVerification dump = sink.verdict(request.expected());
      if (dump.failure() != null) {
        throw new BrokenArchiveException("%s", dump.failure());
      }
      return new Verified(verified, dump, sink.census());
    } catch (BrokenArchiveException broken) {
      deletePartialFiles(archive);
      throw new BrokenArchiveException(
          "The archive of record %s was fetched, but is broken: %s Do not rely on this backup.",
          archive.record().id(), broken.getMessage());
    } catch (IOException e) {
      throw DiskErrors.writeFailure(request.folder(), e);
    }
  }

  private static List<Secret> passwords(Site site) {
    Secret password = site.proof().archivePassword();
    return password == null ? List.of() : List.of(password);
  }

  private static Path pathOf(ArchiveDownload archive, FileDownload file) {
    return Files.exists(file.partialFile()) ? file.partialFile() : archive.path(file);
  }

  /** Throws on; partial files stay only where a response was lost, or this process stops. */
  public void abortDownload(
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception caught,
      @Variable("akeeba-archive") ArchiveDownload archive)
      throws Exception {
    AkeebaException why = ObjectHelper.getException(AkeebaException.class, caught);
    if (!(why instanceof LostResponseException)) {
      archive.request().progress().cancel();
      deletePartialFiles(archive);
    }
    throw caught;
  }

  private static void deletePartialFiles(ArchiveDownload archive) {
    archive.files().forEach(FileDownload::deletePartialFile);
  }
}
