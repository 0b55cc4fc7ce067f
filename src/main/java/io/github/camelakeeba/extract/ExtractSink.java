package io.github.camelakeeba.extract;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.archive.format.ArchiveEntry;
import io.github.camelakeeba.archive.format.ArchiveVerification.Encryption;
import io.github.camelakeeba.archive.format.EntrySink;
import io.github.camelakeeba.extract.EntryWriter.Found;
import io.github.camelakeeba.extract.ExtractFolder.RefusedException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Locale;

/** Puts what comes out of an archive where it belongs, and counts it. */
final class ExtractSink implements EntrySink, AutoCloseable {
  private final ExtractFolder folder;
  private final ExtractJournal journal;
  private final PathFilter only;
  private final SizeLimit limit;
  private final boolean overwrite;
  private final EntryWriter writer;
  private final LinkEntries links = new LinkEntries();
  private final PathHashes seen = new PathHashes(); // of files; without their case
  private final Remarks warnings = new Remarks();
  private final Remarks notes = new Remarks();

  private ArchiveEntry entry; // null: none that is wanted
  private EntryPath path;
  private long reported;
  private long entries;
  private long written;
  private long kept;
  private long folders;
  private long madeLinks;
  private long bytes;
  private long size; // of the file that is being written

  ExtractSink(
      ExtractFolder folder,
      FileModes modes,
      ExtractJournal journal,
      PathFilter only,
      SizeLimit limit,
      boolean overwrite) {
    this.folder = folder;
    this.journal = journal;
    this.only = only;
    this.limit = limit;
    this.overwrite = overwrite;
    this.writer = new EntryWriter(modes);
  }

  @Override
  public void begin(ArchiveEntry next) {
    checkEnded();
    reported++;
    if (!only.accepts(next.path())) {
      return;
    }
    entries++;
    EntryPath place = EntryPath.of(next.path(), folder.isWindows());
    if (place.refusal() != null) {
      refuse(next, place.refusal());
      return;
    }
    if (place.remark() != null) {
      notes.add(next.path(), place.remark());
    }
    try {
      switch (next.kind()) {
        case FILE -> beginFile(next, place);
        case FOLDER -> {
          folder.add(place, next);
          folders++;
        }
        case LINK -> links.begin();
      }
      entry = next;
      path = place;
    } catch (RefusedException e) {
      refuse(next, e.getMessage());
    } catch (InvalidPathException e) {
      refuse(next, EntryPath.reason());
    }
  }

  private void refuse(ArchiveEntry refused, String why) {
    warnings.add(refused.path(), "not extracted, since " + why);
  }

  private void beginFile(ArchiveEntry next, EntryPath place) throws RefusedException {
    Path target = folder.place(place);
    limit.check(next.size());
    Found found = EntryWriter.find(target);
    boolean again = !seen.add(folded(place.text()));
    if (found == Found.OTHER) {
      throw new RefusedException("there is something of its name that is no file");
    }
    if (again && !sameName(target, place, found)) {
      if (folder.ignoresCase()) {
        throw new RefusedException(
            "here its name is that of another file, which differs in its case only");
      }
      notes.add(next.path(), "another file differs from it in the case of its name only");
      again = false;
    } else if (again) {
      notes.add(next.path(), "it is in the archive more than once; the last one counts");
    }
    writer.begin(
        target,
        next,
        found == Found.FILE,
        overwrite || again || found == Found.FILE && journal.lists(place.text()));
    size = 0;
  }

  /** Whether what was written by this name before is called exactly so. */
  private boolean sameName(Path target, EntryPath place, Found found) {
    if (found == Found.NOTHING) {
      return false;
    }
    try {
      return !folder.ignoresCase()
          || target.toRealPath(LinkOption.NOFOLLOW_LINKS).endsWith(Path.of(place.text()));
    } catch (IOException e) {
      return false;
    }
  }

  private static String folded(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return Normalizer.isNormalized(lower, Normalizer.Form.NFC)
        ? lower
        : Normalizer.normalize(lower, Normalizer.Form.NFC);
  }

  @Override
  public void bytes(byte[] from, int offset, int length) {
    if (entry == null) {
      return;
    }
    if (entry.isFile()) {
      limit.add(length);
      writer.write(from, offset, length);
      size += length;
    } else {
      links.bytes(from, offset, length);
    }
  }

  @Override
  public void end() {
    if (entry == null) {
      return;
    }
    ArchiveEntry ended = entry;
    entry = null;
    switch (ended.kind()) {
      case FILE -> {
        if (writer.finish(() -> journal.add(path.text()))) {
          written++;
        } else {
          kept++;
        }
        bytes += size;
      }
      case LINK -> {
        String refusal = links.end(path);
        if (refusal != null) {
          refuse(ended, refusal);
        }
      }
      case FOLDER -> {
        // is there
      }
    }
  }

  /** What was begun and has no end could not be read. */
  private void checkEnded() {
    if (entry != null) {
      refuse(entry, "it is packed in a way that can't be read");
      writer.close();
      entry = null;
    }
  }

  /** The archive was whole: what has to wait for all files. */
  void finish() {
    checkEnded();
    madeLinks = links.make(folder, warnings);
    folder.finish();
  }

  /** Entries that the archive has reported, wanted or not. */
  long reported() {
    return reported;
  }

  /** What was done so far; a failure null: all of it. */
  ExtractResult result(
      ExtractRequest request, Encryption encryption, String unread, AkeebaException failure) {
    return new ExtractResult(
        request.source().name(),
        request.folder(),
        entries,
        written,
        kept,
        folders,
        madeLinks,
        bytes,
        encryption,
        unread,
        warnings,
        notes,
        failure);
  }

  @Override
  public void close() {
    writer.close();
  }
}
