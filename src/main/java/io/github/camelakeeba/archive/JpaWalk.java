package io.github.camelakeeba.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Walks a JPA archive from its first byte to its last (protocol page, section 8): each entry begins
 * where it should, inflates to the size that it states, and there are as many as the header says.
 */
final class JpaWalk {
  private static final int SPLIT_HEADER = 27;
  private static final int STORED = 0;
  private static final int DEFLATED = 1;

  private final LittleEndian in;
  private final int files;
  private final byte[] plain = new byte[128 * 1024];
  private boolean unread;

  JpaWalk(InputStream in, int files) {
    this.in = new LittleEndian(in);
    this.files = files;
  }

  /**
   * Why some of it could not be read to its end; null: all was. Throws {@link Broken} with what is
   * wrong and where.
   */
  String unread() throws IOException {
    try {
      long entries = header();
      for (long i = 1; i <= entries; i++) {
        entry(i, entries);
      }
    } catch (EOFException e) {
      throw new Broken("The archive ends in the middle, after %s bytes.", in.position());
    }
    if (!in.atEnd()) {
      throw new Broken(
          "Something follows the last entry of the archive, at byte %s.", in.position());
    }
    return unread ? "entries of it are packed by bzip2" : null;
  }

  private long header() throws IOException {
    if (!"JPA".equals(in.mark(3))) {
      throw new Broken("The archive does not begin with 'JPA'.");
    }
    int length = in.u16();
    in.skip(2);
    long entries = in.u32();
    in.skip(8);
    if (length >= SPLIT_HEADER) {
      in.skip(6);
      int volumes = in.u16();
      if (volumes != files) {
        throw new Broken(
            "The archive says that it has %s files, but the site lists %s.", volumes, files);
      }
    }
    if (entries == 0) {
      throw new Broken("The archive was never finished: its header counts no entries.");
    }
    in.skip(length - in.position());
    return entries;
  }

  private void entry(long number, long entries) throws IOException {
    long begin = in.position();
    if (!"JPF".equals(in.mark(3))) {
      throw new Broken(
          "No entry begins at byte %s of the archive, where number %s of %s is due.",
          begin, number, entries);
    }
    int length = in.u16();
    in.skip(in.u16());
    in.u8();
    int compression = in.u8();
    long packed = in.u32();
    long size = in.u32();
    long rest = begin + length - in.position();
    if (rest < 0) {
      throw new Broken("The header of the entry at byte %s is too short.", begin);
    }
    in.skip(rest);
    if (compression == DEFLATED && packed > 0) {
      inflate(begin, packed, size);
    } else {
      if (compression == STORED && packed != size) {
        throw new Broken("The entry at byte %s has %s bytes in place of %s.", begin, packed, size);
      }
      unread |= compression > DEFLATED;
      in.skip(packed);
    }
  }

  private void inflate(long begin, long packed, long size) throws IOException {
    Inflater inflater = new Inflater(true);
    try {
      long out = 0;
      for (long left = packed; left > 0; ) {
        int n = in.some(left);
        left -= n;
        inflater.setInput(in.buffer(), 0, n);
        for (int m = inflater.inflate(plain); m > 0; m = inflater.inflate(plain)) {
          out += m;
        }
      }
      if (!inflater.finished() || inflater.getRemaining() > 0 || out != size) {
        throw new Broken(
            "The entry at byte %s inflates to %s bytes in place of %s.", begin, out, size);
      }
    } catch (DataFormatException e) {
      throw new Broken("The entry at byte %s does not inflate.", begin);
    } finally {
      inflater.end();
    }
  }
}
