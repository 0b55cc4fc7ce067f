package io.github.camelakeeba.archive.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The structure of an archive that is whole, byte by byte: which field each byte belongs to. Names
 * of fields that nothing in the archive tells anything about begin with a '?'.
 */
final class ArchiveFields {
  private final ByteBuffer bytes;
  private final Map<Integer, String> fields = new TreeMap<>();
  private int at;

  private ArchiveFields(byte[] archive) {
    bytes = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
  }

  static Map<Integer, String> of(String kind, byte[] archive) {
    ArchiveFields walk = new ArchiveFields(archive);
    switch (kind) {
      case "jpa" -> walk.jpa();
      case "zip" -> walk.zip();
      default -> walk.jps();
    }
    return new LinkedHashMap<>(walk.fields);
  }

  private void field(int length, String name) {
    for (int end = at + length; at < end; at++) {
      fields.put(at, name);
    }
  }

  private int u16(int offset) {
    return Short.toUnsignedInt(bytes.getShort(at + offset));
  }

  private boolean stands(String mark) {
    for (int i = 0; i < mark.length(); i++) {
      if (at + i >= bytes.capacity() || bytes.get(at + i) != mark.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void jpa() {
    int header = u16(3);
    field(3, "mark");
    field(2, "length of the header");
    field(1, "version");
    field(1, "?version behind the point"); // 1.2 has no sums that would be missed
    field(4, "entries");
    field(8, "sums of 32 bits");
    while (at < header) {
      int length = u16(4);
      field(
          4, bytes.getShort(at + 2) == 0x0101 ? "?mark of the number of volumes" : "mark of sums");
      field(length, "field of the header");
    }
    while (at < bytes.capacity()) {
      jpaEntry();
    }
  }

  private void jpaEntry() {
    int end = at + u16(3);
    int path = u16(5);
    int packed = bytes.getInt(at + 7 + path + 2);
    boolean file = bytes.get(at + 7 + path) == 1;
    field(3, "mark of an entry");
    field(2, "length of an entry's header");
    field(2, "length of a path");
    field(path, "?path");
    field(1, file ? "type of a file" : "?type"); // nothing tells a link from a stored file
    field(1, "method");
    field(8, "sizes");
    field(4, "?mode");
    while (at < end) {
      boolean sizes = bytes.get(at + 1) == 2;
      field(2, "?mark of a field"); // a field of another mark is skipped
      field(2, "length of a field");
      field(sizes ? 16 : 4, sizes ? "sizes of 64 bits" : "?time");
    }
    at += packed;
  }

  private void zip() {
    field(stands("PK\7\b") ? 4 : 0, "mark");
    while (stands("PK\3\4")) {
      int packed = bytes.getInt(at + 18);
      int path = u16(26);
      field(4, "mark of an entry");
      zipNumbers(16, "numbers of an entry");
      field(path, "path");
      at += packed;
    }
    while (stands("PK\1\2")) {
      int path = u16(28);
      field(4, "mark in the directory");
      field(2, "?made by");
      zipNumbers(18, "numbers in the directory");
      field(2, "volume");
      field(6, "?attributes");
      field(4, "place");
      field(path, "path in the directory");
    }
    field(22, "end");
  }

  /** Of what comes before the method most bits say nothing that matters. */
  private void zipNumbers(int fromChecksum, String name) {
    field(4, "?version and flags");
    field(2, "method");
    field(4, "?time");
    field(fromChecksum, name);
  }

  private void jps() {
    field(3, "mark");
    field(1, "version");
    field(1, "?version behind the point");
    field(1, bytes.get(at) == 0 ? "?split" : "split");
    field(2, "length of the header");
    field(6, "mark and length of the field");
    field(1, "hash");
    at += 4; // how often: what costs most
    field(1, "salt is one");
    field(64, "salt");
    while (!stands("JPE")) {
      boolean entry = stands("JPF");
      int cipher = (entry ? u16(3) : bytes.getInt(at)) - 24;
      field(entry ? 7 : 8, entry ? "head of an entry" : "head of a block");
      if (entry) {
        field(cipher, "?cipher text of a header");
      } else {
        at += cipher;
      }
      field(4, "mark of a vector");
      field(16, "?vector");
      field(4, "length behind a vector");
    }
    field(17, "end");
  }
}
