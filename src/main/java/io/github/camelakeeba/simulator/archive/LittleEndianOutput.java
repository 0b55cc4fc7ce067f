package io.github.camelakeeba.simulator.archive;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

final class LittleEndianOutput {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  LittleEndianOutput text(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  LittleEndianOutput u8(int number) {
    out.write(number);
    return this;
  }

  LittleEndianOutput u16(int number) {
    return u8(number).u8(number >> 8);
  }

  /** The low 32 bits. */
  LittleEndianOutput u32(long number) {
    return u16((int) number).u16((int) (number >> 16));
  }

  LittleEndianOutput u64(long number) {
    return u32(number).u32(number >> 32);
  }

  int size() {
    return out.size();
  }

  byte[] toByteArray() {
    return out.toByteArray();
  }
}
