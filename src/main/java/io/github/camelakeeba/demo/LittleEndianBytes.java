package io.github.camelakeeba.demo;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the structure of an archive: numbers with their lowest byte first. */
final class LittleEndianBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  LittleEndianBytes text(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  LittleEndianBytes bytes(byte[] some) {
    out.writeBytes(some);
    return this;
  }

  LittleEndianBytes u8(int number) {
    out.write(number);
    return this;
  }

  LittleEndianBytes u16(int number) {
    return u8(number).u8(number >> 8);
  }

  /** The low 32 bits. */
  LittleEndianBytes u32(long number) {
    return u16((int) number).u16((int) (number >> 16));
  }

  LittleEndianBytes u64(long number) {
    return u32(number).u32(number >> 32);
  }

  byte[] toByteArray() {
    return out.toByteArray();
  }
}
