package io.github.camelakeeba.simulator;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Reads the entries of a JPA archive. */
final class JpaReader {
  private JpaReader() {}

  /**
   * The number of whole entries; throws {@link IllegalStateException} where it is not well formed.
   */
  static int entries(byte[] archive) throws DataFormatException {
    ByteBuffer in = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
    mark(in, "JPA");
    int header = in.getShort();
    in.getShort();
    int count = in.getInt();
    in.position(header);
    for (int i = 0; i < count; i++) {
      entry(in);
    }
    if (in.hasRemaining()) {
      throw new IllegalStateException("something follows the last entry");
    }
    return count;
  }

  private static void entry(ByteBuffer in) throws DataFormatException {
    int start = in.position();
    mark(in, "JPF");
    int header = in.getShort();
    in.position(in.position() + 2 + in.getShort(in.position()));
    in.get();
    boolean deflated = in.get() == 1;
    byte[] data = new byte[in.getInt()];
    int plain = in.getInt();
    in.position(start + header).get(data);
    if (deflated) {
      Inflater inflater = new Inflater(true);
      inflater.setInput(data);
      plain -= inflater.inflate(new byte[plain + 1]);
      inflater.end();
    } else {
      plain -= data.length;
    }
    if (plain != 0) {
      throw new IllegalStateException("an entry has not its stated size");
    }
  }

  private static void mark(ByteBuffer in, String mark) {
    byte[] found = new byte[3];
    in.get(found);
    if (!mark.equals(new String(found, StandardCharsets.US_ASCII))) {
      throw new IllegalStateException("no " + mark + " at " + (in.position() - 3));
    }
  }
}
