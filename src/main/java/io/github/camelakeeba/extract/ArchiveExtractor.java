package io.github.camelakeeba.extract;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.archive.DiskErrors;
import io.github.camelakeeba.archive.format.ArchiveReader;
import io.github.camelakeeba.archive.format.ArchiveSource;
import io.github.camelakeeba.archive.format.ArchiveVerification;
import io.github.camelakeeba.archive.format.ArchiveVerification.Encryption;
import io.github.camelakeeba.archive.format.BrokenArchiveException;
import io.github.camelakeeba.secret.UntrustedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Extracts archives, and lists what is in them: one pass, in the order of their bytes. */
public final class ArchiveExtractor {

  /**
   * Extracts an archive. A file has its name only once it is whole, and was read back. What is in
   * the folder already is left as it is where it is the same, and replaced only where the request
   * says so, or where an interrupted extraction of the same archive has written it. When the
   * archive is broken, or can't be read, what was written stays, and the result has the failure;
   * what can't be written throws {@code configuration}. Of a failure that wrote nothing, no folder
   * is left that was not there before.
   */
  public ExtractResult extract(ExtractRequest request) {
    List<Path> missing = missingFolders(request.folder().toAbsolutePath());
    ExtractResult result = null;
    try {
      result = extractInto(request);
      return result;
    } finally {
      if (result == null || result.failure() != null) {
        deleteEmpty(missing);
      }
    }
  }

  /** A folder and those around it that are not there yet, the innermost first. */
  private static List<Path> missingFolders(Path folder) {
    List<Path> missing = new ArrayList<>();
    for (Path one = folder;
        one != null && Files.notExists(one, LinkOption.NOFOLLOW_LINKS);
        one = one.getParent()) {
      missing.add(one);
    }
    return missing;
  }

  private static void deleteEmpty(List<Path> folders) {
    try {
      for (Path folder : folders) {
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      // something is in it
    }
  }

  private static ExtractResult extractInto(ExtractRequest request) {
    Path folder =
        DiskErrors.translate(
            request.folder(), () -> Files.createDirectories(request.folder()).toRealPath());
    ArchiveSource source = request.source();
    request.progress().start(source.size());
    FileModes modes = new FileModes(folder);
    try (ExtractJournal journal = ExtractJournal.open(folder, source, request.overwrite());
        ExtractSink sink =
            new ExtractSink(
                new ExtractFolder(folder, modes),
                modes,
                journal,
                request.only(),
                SizeLimit.of(request.maxSize(), source.size()),
                request.overwrite())) {
      return extract(request, journal, sink);
    }
  }

  private static ExtractResult extract(
      ExtractRequest request, ExtractJournal journal, ExtractSink sink) {
    try {
      ArchiveVerification read =
          ArchiveReader.readWithoutChecksums(
              request.source(), request.passwords(), request.progress(), sink);
      AkeebaException failure = unreadable(request.source(), read, sink.reported());
      sink.finish();
      journal.done();
      return sink.result(request, read.encryption(), read.unreadableReason(), failure);
    } catch (BrokenArchiveException broken) {
      journal.done(); // it stays broken
      return sink.result(request, null, null, broken(request.source(), broken));
    } catch (AkeebaException failure) {
      return sink.result(request, null, null, failure);
    } catch (IOException e) {
      return sink.result(request, null, null, sourceFailure(request.source(), e));
    }
  }

  /**
   * Reads an archive to its end and hands out what is in it; writes nothing. Throws {@link
   * AkeebaException}: {@code verification} when it is broken, then all before the fault was listed.
   */
  public ArchiveVerification list(ExtractRequest request, EntryList.Listener listener) {
    ArchiveSource source = request.source();
    request.progress().start(source.size());
    EntryList list = new EntryList(request.only(), listener);
    try {
      ArchiveVerification read =
          ArchiveReader.readWithoutChecksums(source, request.passwords(), request.progress(), list);
      list.finish();
      AkeebaException failure = unreadable(source, read, list.reported());
      if (failure != null) {
        throw failure;
      }
      return read;
    } catch (BrokenArchiveException broken) {
      throw broken(source, broken);
    } catch (IOException e) {
      throw sourceFailure(source, e);
    }
  }

  /** Why nothing of it can be extracted; null: it can. */
  private static AkeebaException unreadable(
      ArchiveSource source, ArchiveVerification read, long entries) {
    if (read.encryption() == Encryption.NO_PASSWORD) {
      return new AkeebaException(
          ErrorKind.CONFIGURATION,
          "%s is encrypted. Name a file with its password (--password-file), or write archivePassword into sites.yaml."
              .formatted(source.name()));
    }
    if (read.encryption() == Encryption.WRONG_PASSWORD) {
      return new AkeebaException(
          ErrorKind.CONFIGURATION,
          "%s is encrypted, and no password that is known here fits.".formatted(source.name()));
    }
    return read.unreadableReason() != null && entries == 0
        ? new AkeebaException(
            ErrorKind.VERIFICATION,
            "Nothing of %s can be extracted: %s.".formatted(source.name(), read.unreadableReason()))
        : null;
  }

  private static AkeebaException broken(ArchiveSource source, BrokenArchiveException broken) {
    return new AkeebaException(
        ErrorKind.VERIFICATION,
        "%s is broken: %s".formatted(source.name(), broken.getMessage()),
        broken);
  }

  /** Of where the archive lies, by the failure's own sentence where it has one. */
  private static AkeebaException sourceFailure(ArchiveSource source, IOException e) {
    AkeebaException known = AkeebaException.in(e);
    if (known != null) {
      return known;
    }
    String reason =
        e instanceof NoSuchFileException missing
            ? "%s is not there".formatted(missing.getFile())
            : UntrustedText.rootCause(e).replaceFirst("[. ]+$", "");
    return new AkeebaException(
        ErrorKind.CONFIGURATION, "%s can't be read: %s.".formatted(source.name(), reason), e);
  }
}
