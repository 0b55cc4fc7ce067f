package io.github.camelakeeba.archive.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A ZIP cut into volumes, numbered as the recorded ones of Akeeba are; places can be changed. */
final class SplitZip {
  private static final int END = 0x06054B50;
  private static final int LISTED = 0x02014B50;
  private static final int MARK = 4;

  final ByteBuffer bytes;
  final int directory;
  final int end; // where the end record begins
  private final int[] cuts;

  /** Cuts count from the first byte of the mark {@code PK78} or, of one volume, {@code PK00}. */
  SplitZip(byte[] zip, int... cuts) {
    this.cuts = cuts;
    bytes = ByteBuffer.allocate(zip.length + MARK).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(new byte[] {'P', 'K', (byte) (cuts.length == 0 ? '0' : 7), 8});
    bytes.put(3, (byte) (cuts.length == 0 ? '0' : 8)).put(zip);
    int at = zip.length + MARK - 22;
    while (bytes.getInt(at) != END) {
      at--;
    }
    end = at;
    directory = bytes.getInt(end + 16) + MARK;
    for (int listed : listed()) {
      place(listed, volume(header(listed)), header(listed) - begin(volume(header(listed))));
    }
    bytes.putShort(end + 4, (short) cuts.length).putShort(end + 6, (short) volume(directory));
    bytes.putInt(end + 16, directory - begin(volume(directory)));
  }

  private final List<Integer> headers = new ArrayList<>();
  private final List<Integer> listed = new ArrayList<>();

  /** Where the directory lists each entry. */
  List<Integer> listed() {
    if (listed.isEmpty()) {
      for (int at = directory; bytes.getInt(at) == LISTED; ) {
        listed.add(at);
        headers.add(bytes.getInt(at + 42) + MARK);
        at += 46 + bytes.getShort(at + 28) + bytes.getShort(at + 30) + bytes.getShort(at + 32);
      }
    }
    return listed;
  }

  /** Where an entry's own header is. */
  int header(int listed) {
    return headers.get(listed().indexOf(listed));
  }

  /** Has the directory name another place. */
  void place(int listed, int volume, int offset) {
    bytes.putShort(listed + 34, (short) volume).putInt(listed + 42, offset);
  }

  private int volume(int at) {
    return (int) Arrays.stream(cuts).filter(cut -> cut <= at).count();
  }

  private int begin(int volume) {
    return volume == 0 ? 0 : cuts[volume - 1];
  }

  byte[][] volumes() {
    byte[][] volumes = new byte[cuts.length + 1][];
    for (int i = 0; i < volumes.length; i++) {
      int to = i == cuts.length ? bytes.capacity() : cuts[i];
      volumes[i] = Arrays.copyOfRange(bytes.array(), begin(i), to);
    }
    return volumes;
  }
}
