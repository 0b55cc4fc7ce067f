package io.github.camelakeeba.simulator.archive;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;

/** A small file: its relative path with slashes, its contents plain and as raw deflate. */
record PackedFile(String path, byte[] plain, byte[] deflated) {
  static PackedFile of(String path, String text) {
    byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    deflater.setInput(plain);
    deflater.finish();
    byte[] packed = new byte[plain.length + 64];
    int length = deflater.deflate(packed);
    deflater.end();
    return new PackedFile(path, plain, Arrays.copyOf(packed, length));
  }
}
