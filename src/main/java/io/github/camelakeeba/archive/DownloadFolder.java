package io.github.camelakeeba.archive;

import io.github.camelakeeba.akeeba.AkeebaException;
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
   * The files that have to be fetched; those of an earlier download of the same backup are not.
   * Throws {@code configuration} when there is no room, when a file of somebody else's is in the
   * way, or when another process is at it.
   */
  public List<FileDownload> missingFiles(Exchange exchange, @Body ArchiveDownload pull) {
    Path folder = pull.request().folder();
    DiskErrors.translate(folder, () -> Files.createDirectories(folder));
    lock(exchange, pull);
    Map<String, ChecksumFile.Entry> noted = new ChecksumFile(folder).entries();
    List<FileDownload> missing = new ArrayList<>();
    long here = 0;
    for (FileDownload file : pull.files()) {
      if (isDownloaded(pull, file, noted)) {
        here += file.size();
      } else {
        here += remainingBytes(file);
        missing.add(file.downloadedBytes() == file.size() ? file.completed() : file);
      }
    }
    DiskErrors.checkFreeSpace(folder, pull.size() - here);
    pull.request().progress().start(pull.size(), here);
    return missing;
  }

  /** A half that is longer than the whole is of something else. */
  private static long remainingBytes(FileDownload file) {
    if (file.downloadedBytes() > file.size()) {
      DiskErrors.translate(file.partialFile(), () -> Files.deleteIfExists(file.partialFile()));
    }
    return file.downloadedBytes();
  }

  private static boolean isDownloaded(
      ArchiveDownload pull, FileDownload file, Map<String, ChecksumFile.Entry> noted) {
    Path whole = pull.file(file);
    if (!Files.exists(whole, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    ChecksumFile.Entry entry = noted.get(file.name());
    boolean ours =
        entry != null
            && entry.backup().equals(pull.backupKey())
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
  private static void lock(Exchange exchange, ArchiveDownload pull) {
    Path file = pull.request().folder().resolve("." + pull.backupKey() + ".lock");
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
          "This archive is being downloaded into %s already.".formatted(pull.request().folder()));
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
  public DownloadedArchive verify(@Variable("akeeba-archive") ArchiveDownload pull) {
    List<Path> files = pull.files().stream().map(file -> pathOf(pull, file)).toList();
    Verified verified = read(pull, files);
    ArchiveVerification reading = verified.archive();
    List<DownloadedArchive.File> named = new ArrayList<>();
    Map<String, String> sums = new TreeMap<>();
    Map<String, ChecksumFile.Entry> noted = new ChecksumFile(pull.request().folder()).entries();
    for (int i = 0; i < files.size(); i++) {
      FileDownload file = pull.files().get(i);
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
    new ChecksumFile(pull.request().folder()).add(pull.backupKey(), sums);
    for (FileDownload file : pull.files()) {
      if (Files.exists(file.partialFile())) {
        DiskErrors.translate(
            pull.file(file),
            () -> ChecksumFile.moveAtomically(file.partialFile(), pull.file(file)));
      }
    }
    return new DownloadedArchive(
        pull.request().site().name(),
        pull.record().id(),
        pull.record().backupid(),
        pull.record().profile(),
        pull.record().start(),
        pull.request().folder(),
        List.copyOf(named),
        reading.unreadableReason(),
        verified.dump().warnings());
  }

  /**
   * Throws on why the archive is not here. What nobody goes on with leaves nothing behind: a half
   * stays only where an answer was lost, or this process stops.
   */
  public void abort(Exchange exchange, @Variable("akeeba-archive") ArchiveDownload pull)
      throws Exception {
    Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    AkeebaException why = ObjectHelper.getException(AkeebaException.class, caught);
    if (pull.request().progress().started() && !(why instanceof LostResponseException)) {
      pull.request().progress().cancel();
      deletePartialFiles(pull);
    }
    throw caught;
  }

  private static void deletePartialFiles(ArchiveDownload pull) {
    for (FileDownload file : pull.files()) {
      DiskErrors.translate(file.partialFile(), () -> Files.deleteIfExists(file.partialFile()));
    }
  }

  private static Path pathOf(ArchiveDownload pull, FileDownload file) {
    return Files.exists(file.partialFile()) ? file.partialFile() : pull.file(file);
  }

  private record Verified(ArchiveVerification archive, DumpVerification dump) {}

  private static Verified read(ArchiveDownload pull, List<Path> files) {
    DumpSink sink = new DumpSink(pull.archive());
    try {
      ArchiveVerification reading =
          ArchiveVerification.of(pull.archive(), files, pull.request().progress(), sink);
      DumpVerification dump = sink.verdict(pull.request().expected());
      if (dump.failure() != null) {
        throw new BrokenArchiveException("%s", dump.failure());
      }
      return new Verified(reading, dump);
    } catch (BrokenArchiveException broken) {
      deletePartialFiles(pull);
      throw new BrokenArchiveException(
          "The archive of record %s was fetched, but is broken: %s Do not rely on this backup.",
          pull.record().id(), broken.getMessage());
    } catch (IOException e) {
      throw DiskErrors.writeFailure(pull.request().folder(), e);
    }
  }
}
