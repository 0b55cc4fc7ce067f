package io.github.camelakeeba.archive;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Walks a ZIP archive: each entry has the length and the checksum that it states, and the directory
 * at the end counts as many.
 */
final class ZipWalk {
  private static final byte[] SPLIT = {'P', 'K', 7, 8};

  /** Bytes of the end of the directory without its comment. */
  private static final int END = 22;

  private static final int LONGEST_COMMENT = 65_535;

  private final Tail tail;

  ZipWalk(InputStream in) {
    this.tail = new Tail(in);
  }

  /** Throws {@link Broken} with what is wrong. */
  void walk() throws IOException {
    PushbackInputStream begin = new PushbackInputStream(tail, SPLIT.length);
    byte[] mark = begin.readNBytes(SPLIT.length);
    if (!Arrays.equals(mark, SPLIT)) {
      begin.unread(mark);
    }
    long entries = 0;
    String last = "";
    // not to be closed: the rest is read after it
    ZipInputStream zip = new ZipInputStream(begin, StandardCharsets.ISO_8859_1);
    try {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries++;
        last = " after entry " + entries;
        zip.transferTo(OutputStream.nullOutputStream());
      }
    } catch (ZipException e) {
      throw new Broken("The archive can't be read%s: %s.", last, e.getMessage());
    } catch (EOFException e) {
      throw new Broken("The archive ends in the middle%s.", last);
    }
    begin.transferTo(OutputStream.nullOutputStream());
    long counted = counted(tail.end());
    if (counted != (entries & 0xFFFF)) {
      throw new Broken(
          "The directory at the end of the archive counts %s entries, but %s were found.",
          counted, entries);
    }
  }

  /** What the end of the directory counts. */
  private static long counted(byte[] end) {
    for (int i = end.length - END; i >= 0; i--) {
      boolean mark = end[i] == 'P' && end[i + 1] == 'K' && end[i + 2] == 5 && end[i + 3] == 6;
      if (mark && u16(end, i + 20) == end.length - END - i) {
        return u16(end, i + 10);
      }
    }
    throw new Broken("The archive has no directory at its end: it is not whole.");
  }

  private static int u16(byte[] bytes, int at) {
    return bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8;
  }

  /** Remembers the last bytes that went through. */
  private static final class Tail extends FilterInputStream {
    private byte[] last = new byte[0];

    Tail(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = super.read(buffer, offset, length);
      if (n > 0) {
        keep(buffer, offset, n);
      }
      return n;
    }

    private void keep(byte[] buffer, int offset, int n) {
      int most = END + LONGEST_COMMENT;
      int old = Math.min(last.length, Math.max(0, most - n));
      int fresh = Math.min(n, most);
      byte[] next = Arrays.copyOfRange(last, last.length - old, last.length + fresh);
      System.arraycopy(buffer, offset + n - fresh, next, old, fresh);
      last = next;
    }

    byte[] end() {
      return last;
    }
  }
}
