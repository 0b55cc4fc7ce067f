package io.github.camelakeeba.archive.format;

import io.github.camelakeeba.archive.format.ArchiveVerification.Encryption;
import io.github.camelakeeba.secret.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads an encrypted archive (JPS 2.0). Without a password that fits, its structure is walked:
 * where a header or a block is due there is one, each ends as one of its length does, and the end
 * counts as many as there are. The first entry's header tells whether a password fits; the format
 * has no other mark for that, nor any against change.
 */
final class JpsReader extends FormatReader {
  private static final String STRUCTURE_ONLY =
      "its structure was checked to the last byte, but its contents were not: they are encrypted";

  private static final int MAX_TRIED = 8; // headers that passwords are tried with

  /**
   * Of PBKDF2, where each block has a key of its own: some ten minutes. The archive states how many
   * a key takes; with the 2,500 of Akeeba they are enough for 400,000 blocks.
   */
  private static final long MAX_ITERATIONS = 1L << 30;

  private final int files;
  private final List<Secret> passwords;
  private final EntrySink sink;
  private final long maxIterations;
  private final EncryptedBlock block = new EncryptedBlock();
  private JpsKeys keys; // null: nobody tries
  private boolean perBlock; // whether each block has a salt of its own
  private Encryption encryption = Encryption.NO_PASSWORD;
  private String because = "";
  private long firstEntry;
  private long blockBytes;

  JpsReader(LittleEndianInput in, int files, List<Secret> passwords, EntrySink sink) {
    this(in, files, passwords, sink, MAX_ITERATIONS);
  }

  JpsReader(
      LittleEndianInput in, int files, List<Secret> passwords, EntrySink sink, long maxIterations) {
    super(in);
    this.files = files;
    this.passwords = passwords;
    this.sink = sink;
    this.maxIterations = maxIterations;
  }

  @Override
  Encryption encryption() {
    return encryption;
  }

  @Override
  String unreadableReason() throws IOException {
    String kind = in.ascii(3);
    if (!"JPS".equals(kind)) {
      throw BrokenArchiveException.notAnArchive(kind, "JPS");
    }
    int major = in.u8();
    int minor = in.u8();
    if (major != 2) {
      encryption = passwords.isEmpty() ? Encryption.NO_PASSWORD : Encryption.UNREADABLE;
      return "it is encrypted, in version %s.%s of its format, which can't be walked"
          .formatted(major, minor);
    }
    int split = in.u8();
    if (split > 1 || split == 0 && files > 1) {
      throw new BrokenArchiveException("The header of the archive is damaged.");
    }
    header();
    try (JpsContents contents = new JpsContents(block, sink)) {
      String mark = in.ascii(3);
      for (; !"JPE".equals(mark); mark = in.ascii(3)) {
        if ("JPF".equals(mark)) {
          entry(contents);
        } else if (keys != null && keys.known()) {
          throw BrokenArchiveException.notAnEntry(mark, in.position() - 3, entries + 1);
        } else {
          block(mark);
        }
      }
      checkFirst(mark);
      end(contents);
    }
    return encryption == Encryption.DECRYPTED ? null : STRUCTURE_ONLY + because;
  }

  private void header() throws IOException {
    JpsHeader header = JpsHeader.of(in.bytes(in.u16()));
    if (passwords.isEmpty()) {
      return;
    }
    if (header == null || !header.usable()) {
      locked(Encryption.UNREADABLE, "and its header does not say how");
      return;
    }
    locked(Encryption.WRONG_PASSWORD, "and no password that was given fits"); // until one does
    perBlock = header.salt() == null;
    keys = new JpsKeys(header, passwords);
  }

  private void locked(Encryption how, String why) {
    encryption = how;
    because = ", " + why;
  }

  private void entry(JpsContents contents) throws IOException {
    long begin = in.position() - 3;
    int length = in.u16();
    block.read(in, begin, length, in.u16(), keys != null);
    if (entries++ == 0) {
      firstEntry = begin;
      open(contents);
    } else if (keys != null && !givesUp()) {
      next(contents);
    }
    if (encryption == Encryption.DECRYPTED) {
      while (contents.blockDue()) {
        block(in.ascii(3));
        if (givesUp()) {
          return; // the blocks that follow are walked as those of one without a password
        }
        keys.decrypt(block);
        contents.block();
      }
      contents.end();
    }
  }

  /** Whether no more is decrypted: an archive could have its reader make keys for days. */
  private boolean givesUp() {
    if (perBlock && keys.iterations() > maxIterations) {
      locked(Encryption.UNREADABLE, "and a key for each of its blocks takes too long to make");
      keys = null;
    }
    return keys == null;
  }

  /** The first entry, which tells the password. */
  private void open(JpsContents contents) throws IOException {
    if (keys == null) {
      return;
    }
    if ((!perBlock || block.salt != null) && keys.find(block, JpsContents::isHeader)) {
      encryption = Encryption.DECRYPTED;
      contents.begin();
    } else if (perBlock) {
      if (new JpsKeys(JpsHeader.MISSTATED, passwords).find(block, JpsContents::isHeader)) {
        locked(
            Encryption.UNREADABLE,
            "and not as its header says, so that it can't be restored: Akeeba Backup 10.2.1 writes"
                + " such archives while its setting pbkdf2usestaticsalt is 0");
      }
      keys = null; // a key for each header takes too long
    }
  }

  /**
   * A further one; a password that fits it and not the first one tells that the first is broken.
   */
  private void next(JpsContents contents) throws IOException {
    if (keys.known()) {
      keys.decrypt(block);
      contents.begin();
    } else if (keys.find(block, JpsContents::isHeader)) {
      throw new BrokenArchiveException(
          "The header of the entry at byte %s is damaged: the password fits that at byte %s only.",
          firstEntry, block.begin);
    } else if (entries == MAX_TRIED) {
      keys = null;
    }
  }

  private void checkFirst(String mark) throws IOException {
    if (entries == 0) {
      throw BrokenArchiveException.notAnEntry(mark, in.position() - 3, 1);
    }
  }

  /** A block of contents has no mark; it begins with its length. */
  private void block(String first) throws IOException {
    checkFirst(first);
    long begin = in.position() - 3;
    byte[] low = first.getBytes(StandardCharsets.ISO_8859_1);
    long length =
        (low[0] & 0xFF) | (low[1] & 0xFF) << 8 | (low[2] & 0xFF) << 16 | (long) in.u8() << 24;
    long plain = in.u32();
    block.read(in, begin, length, plain, encryption == Encryption.DECRYPTED);
    blockBytes += plain;
  }

  private void end(JpsContents contents) throws IOException {
    int volumes = in.u16();
    long counted = in.u32();
    long size = in.u32();
    long bytes = in.u32();
    checkVolumes(volumes, files);
    if (counted != entries) {
      throw new BrokenArchiveException(
          "The end of the archive counts %s entries, but %s were found.", counted, entries);
    }
    if (bytes != (blockBytes & 0xFFFF_FFFFL)) {
      throw new BrokenArchiveException(
          "The end of the archive counts %s packed bytes, but %s were found.", bytes, blockBytes);
    }
    if (encryption == Encryption.DECRYPTED && size != (contents.size() & 0xFFFF_FFFFL)) {
      throw new BrokenArchiveException(
          "The end of the archive counts %s bytes, but its entries have %s.",
          size, contents.size());
    }
    checkNothingFollows("end");
  }
}
