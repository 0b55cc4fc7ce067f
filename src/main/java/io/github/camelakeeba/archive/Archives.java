package io.github.camelakeeba.archive;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.LostAnswerException;
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
public final class Archives {

  /**
   * The files that have to be fetched; those of an earlier download of the same backup are not.
   * Throws {@code configuration} when there is no room, when a file of somebody else's is in the
   * way, or when another process is at it.
   */
  public List<FilePull> missing(Exchange exchange, @Body ArchivePull pull) {
    Path folder = pull.order().folder();
    Disk.at(folder, () -> Files.createDirectories(folder));
    lock(exchange, pull);
    Map<String, Sums.Entry> noted = new Sums(folder).entries();
    List<FilePull> missing = new ArrayList<>();
    long here = 0;
    for (FilePull file : pull.files()) {
      if (done(pull, file, noted)) {
        here += file.size();
      } else {
        here += rest(file);
        missing.add(file.here() == file.size() ? file.whole() : file);
      }
    }
    Disk.room(folder, pull.size() - here);
    pull.order().progress().begin(pull.size(), here);
    return missing;
  }

  /** A half that is longer than the whole is of something else. */
  private static long rest(FilePull file) {
    if (file.here() > file.size()) {
      Disk.at(file.half(), () -> Files.deleteIfExists(file.half()));
    }
    return file.here();
  }

  private static boolean done(ArchivePull pull, FilePull file, Map<String, Sums.Entry> noted) {
    Path whole = pull.file(file);
    if (!Files.exists(whole, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    Sums.Entry entry = noted.get(file.name());
    boolean ours =
        entry != null
            && entry.backup().equals(pull.backup())
            && Files.isRegularFile(whole, LinkOption.NOFOLLOW_LINKS)
            && Disk.at(whole, () -> Files.size(whole)) == file.size();
    if (!ours) {
      throw new AkeebaException(
          ErrorKind.CONFIGURATION,
          "%s is there already, and is not of this backup; move it away, or choose another folder."
              .formatted(whole));
    }
    return true;
  }

  /** Two at the same file would write one archive out of two streams. */
  private static void lock(Exchange exchange, ArchivePull pull) {
    Path file = pull.order().folder().resolve("." + pull.backup() + ".lock");
    FileChannel channel =
        Disk.at(
            file,
            () ->
                FileChannel.open(
                    file,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS));
    if (!locked(file, channel)) {
      Disk.at(
          file,
          () -> {
            channel.close();
            return null;
          });
      throw new AkeebaException(
          ErrorKind.CONFIGURATION,
          "This archive is being downloaded into %s already.".formatted(pull.order().folder()));
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
                  throw Disk.failed(file, e);
                }
              }
            });
  }

  private static boolean locked(Path file, FileChannel channel) {
    try {
      FileLock lock = Disk.at(file, channel::tryLock);
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /**
   * The archive, read from its first byte to its last, its files under their names and noted in
   * SHA256SUMS. Throws {@code verification} when it is not whole; its halves are gone then.
   */
  public PulledArchive whole(@Variable("akeeba-archive") ArchivePull pull) {
    List<Path> files = pull.files().stream().map(file -> where(pull, file)).toList();
    DumpSink dump = new DumpSink(pull.archive());
    ArchiveReading reading = read(pull, files, dump);
    List<PulledArchive.File> named = new ArrayList<>();
    Map<String, String> sums = new TreeMap<>();
    Map<String, Sums.Entry> noted = new Sums(pull.order().folder()).entries();
    for (int i = 0; i < files.size(); i++) {
      FilePull file = pull.files().get(i);
      if (!files.get(i).equals(file.half())
          && !noted.get(file.name()).sum().equals(reading.sums().get(i))) {
        throw new Broken(
            "The file %s has changed since it was fetched; move it away, and fetch it anew.",
            files.get(i));
      }
      sums.put(file.name(), reading.sums().get(i));
      named.add(new PulledArchive.File(file.name(), file.size(), reading.sums().get(i)));
    }
    // the sums first: a file under its name is one that is known
    new Sums(pull.order().folder()).add(pull.backup(), sums);
    for (FilePull file : pull.files()) {
      if (Files.exists(file.half())) {
        Disk.at(pull.file(file), () -> Sums.move(file.half(), pull.file(file)));
      }
    }
    return new PulledArchive(
        pull.order().site().name(),
        pull.record().id(),
        pull.record().backupid(),
        pull.record().profile(),
        pull.record().start(),
        pull.order().folder(),
        List.copyOf(named),
        reading.unread(),
        dump.verdict(pull.order().expected()).warnings());
  }

  /**
   * Throws on why the archive is not here. What nobody goes on with leaves nothing behind: a half
   * stays only where an answer was lost, or this process stops.
   */
  public void failed(Exchange exchange, @Variable("akeeba-archive") ArchivePull pull)
      throws Exception {
    Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    AkeebaException why = ObjectHelper.getException(AkeebaException.class, caught);
    if (pull.order().progress().begun() && !(why instanceof LostAnswerException)) {
      pull.order().progress().giveUp();
      for (FilePull file : pull.files()) {
        Disk.at(file.half(), () -> Files.deleteIfExists(file.half()));
      }
    }
    throw caught;
  }

  private static Path where(ArchivePull pull, FilePull file) {
    return Files.exists(file.half()) ? file.half() : pull.file(file);
  }

  private static ArchiveReading read(ArchivePull pull, List<Path> files, DumpSink dump) {
    try {
      ArchiveReading reading =
          ArchiveReading.of(pull.archive(), files, pull.order().progress(), dump);
      String failure = dump.verdict(pull.order().expected()).failure();
      if (failure != null) {
        throw new Broken("%s", failure);
      }
      return reading;
    } catch (Broken broken) {
      for (FilePull file : pull.files()) {
        Disk.at(file.half(), () -> Files.deleteIfExists(file.half()));
      }
      throw new Broken(
          "The archive of record %s was fetched, but is broken: %s Do not rely on this backup.",
          pull.record().id(), broken.getMessage());
    } catch (IOException e) {
      throw Disk.failed(pull.order().folder(), e);
    }
  }
}
