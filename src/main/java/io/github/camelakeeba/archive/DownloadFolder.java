package io.github.camelakeeba.archive;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.BackupInfo;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.LostResponseException;
import io.github.camelakeeba.archive.dump.DumpVerification;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
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
      ArchiveDownload archive, FileDownload file, Map<String, ChecksumFile.Entry> noted) {
    Path whole = archive.path(file);
    if (!Files.exists(whole, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    ChecksumFile.Entry entry = noted.get(file.name());
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

  /** Two at the same file would write one archive out of two streams. */
  private static void lock(Exchange exchange, ArchiveDownload archive) {
    Path file = archive.request().folder().resolve("." + archive.backupKey() + ".lock");
    FileChannel channel =
        DiskErrors.translate(
            file,
            () ->
                FileChannel.open(
                    file,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS));
    if (!tryLock(file, channel)) {
      DiskErrors.translate(
          file,
          () -> {
            channel.close();
            return null;
          });
      throw new AkeebaException(
          ErrorKind.CONFIGURATION,
          "This archive is being downloaded into %s already."
              .formatted(archive.request().folder()));
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

  private static boolean tryLock(Path file, FileChannel channel) {
    try {
      FileLock lock = DiskErrors.translate(file, channel::tryLock);
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /**
   * The archive, read from its first byte to its last, its files under their names and noted in
   * SHA256SUMS. Throws {@code verification} when it is not whole; its halves are gone then.
   */
  public DownloadedArchive verify(@Variable("akeeba-archive") ArchiveDownload archive) {
    List<Path> files = archive.files().stream().map(file -> pathOf(archive, file)).toList();
    Verified verified = read(archive, files);
    ArchiveVerification reading = verified.archive();
    List<DownloadedArchive.File> named = new ArrayList<>();
    Map<String, String> sums = new TreeMap<>();
    Map<String, ChecksumFile.Entry> noted = new ChecksumFile(archive.request().folder()).entries();
    for (int i = 0; i < files.size(); i++) {
      FileDownload file = archive.files().get(i);
      if (!files.get(i).equals(file.partialFile())
          && !noted.get(file.name()).checksum().equals(reading.checksums().get(i))) {
        throw new BrokenArchiveException(
            "The file %s has changed since it was fetched; move it away, and fetch it anew.",
            files.get(i));
      }
      sums.put(file.name(), reading.checksums().get(i));
      named.add(new DownloadedArchive.File(file.name(), file.size(), reading.checksums().get(i)));
    }
    // the sums first: a file under its name is one that is known
    new ChecksumFile(archive.request().folder()).add(archive.backupKey(), sums);
    for (FileDownload file : archive.files()) {
      if (Files.exists(file.partialFile())) {
        DiskErrors.translate(
            archive.path(file),
            () -> ChecksumFile.moveAtomically(file.partialFile(), archive.path(file)));
      }
    }
    return new DownloadedArchive(
        archive.request().site().name(),
        archive.record().id(),
        archive.record().backupid(),
        archive.record().profile(),
        archive.record().start(),
        archive.request().folder(),
        List.copyOf(named),
        reading.unreadableReason(),
        verified.dump().warnings());
  }

  /**
   * Throws on why the archive is not here. What nobody goes on with leaves nothing behind: a half
   * stays only where an answer was lost, or this process stops.
   */
  public void abort(Exchange exchange, @Variable("akeeba-archive") ArchiveDownload archive)
      throws Exception {
    Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    AkeebaException why = ObjectHelper.getException(AkeebaException.class, caught);
    if (archive.request().progress().started() && !(why instanceof LostResponseException)) {
      archive.request().progress().cancel();
      deletePartialFiles(archive);
    }
    throw caught;
  }

  private static void deletePartialFiles(ArchiveDownload archive) {
    archive.files().forEach(FileDownload::deletePartialFile);
  }

  private static Path pathOf(ArchiveDownload archive, FileDownload file) {
    return Files.exists(file.partialFile()) ? file.partialFile() : archive.path(file);
  }

  private record Verified(ArchiveVerification archive, DumpVerification dump) {}

  private static Verified read(ArchiveDownload archive, List<Path> files) {
    DumpSink sink = new DumpSink(archive.archive());
    try {
      ArchiveVerification reading =
          ArchiveVerification.of(archive.archive(), files, archive.request().progress(), sink);
      DumpVerification dump = sink.verdict(archive.request().expected());
      if (dump.failure() != null) {
        throw new BrokenArchiveException("%s", dump.failure());
      }
      return new Verified(reading, dump);
    } catch (BrokenArchiveException broken) {
      deletePartialFiles(archive);
      throw new BrokenArchiveException(
          "The archive of record %s was fetched, but is broken: %s Do not rely on this backup.",
          archive.record().id(), broken.getMessage());
    } catch (IOException e) {
      throw DiskErrors.writeFailure(archive.request().folder(), e);
    }
  }
}
