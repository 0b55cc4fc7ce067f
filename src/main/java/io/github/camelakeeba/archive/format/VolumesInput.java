package io.github.camelakeeba.archive.format;

import io.github.camelakeeba.secret.Sha256;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/** The volumes of an archive as one stream, with a checksum of each; opened one after the other. */
final class VolumesInput extends InputStream {
  private final List<Volume> volumes;
  private final ReadProgress progress;
  private final MessageDigest sum; // null: none is asked for
  private final List<String> checksums = new ArrayList<>();
  private final List<Long> begins = new ArrayList<>();
  private long bytes; // of all volumes that were read so far
  private InputStream volume; // null: the next one is not open yet
  private int opened;

  VolumesInput(List<Volume> volumes, ReadProgress progress, boolean checksums) {
    this.volumes = volumes;
    this.progress = progress;
    this.sum = checksums ? Sha256.digest() : null;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    while (volume != null || opened < volumes.size()) {
      if (volume == null) {
        volume = volumes.get(opened++).open();
        begins.add(bytes);
      }
      int n = read(volumes.get(opened - 1), buffer, offset, length);
      if (n >= 0) {
        if (sum != null) {
          sum.update(buffer, offset, n);
        }
        progress.read(n);
        bytes += n;
        return n;
      }
      if (sum != null) {
        checksums.add(HexFormat.of().formatHex(sum.digest()));
      }
      close();
    }
    return -1;
  }

  /** An early end that the source itself tells is no end of the archive. */
  private int read(Volume from, byte[] buffer, int offset, int length) throws IOException {
    try {
      return volume.read(buffer, offset, length);
    } catch (EOFException e) {
      throw new IOException(from.name() + " can't be read to its end: " + e.getMessage(), e);
    }
  }

  /** In the order of the volumes, once all has been read; none: they were not asked for. */
  List<String> checksums() {
    return List.copyOf(checksums);
  }

  /** Where each volume that was opened so far begins among all bytes; it grows. */
  List<Long> begins() {
    return Collections.unmodifiableList(begins);
  }

  @Override
  public void close() throws IOException {
    if (volume != null) {
      InputStream last = volume;
      volume = null;
      last.close();
    }
  }
}
