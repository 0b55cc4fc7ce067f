package io.github.camelakeeba.archive;

import io.github.camelakeeba.secret.Sha256;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/** The files of an archive as one stream, with a checksum of each. */
final class MultiVolumeInput implements AutoCloseable {
  private final List<MessageDigest> checksums = new ArrayList<>();
  private final InputStream all;

  MultiVolumeInput(List<Path> files, DownloadProgress progress) throws IOException {
    List<InputStream> volumes = new ArrayList<>();
    for (Path file : files) {
      MessageDigest sum = Sha256.digest();
      checksums.add(sum);
      InputStream counted =
          new FilterInputStream(new DigestInputStream(Files.newInputStream(file), sum)) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
              int n = super.read(buffer, offset, length);
              progress.read(Math.max(0, n));
              return n;
            }
          };
      volumes.add(new BufferedInputStream(counted, 256 * 1024));
    }
    all = new SequenceInputStream(Collections.enumeration(volumes));
  }

  InputStream stream() {
    return all;
  }

  /** In the order of the files, once all has been read. */
  List<String> checksums() {
    return checksums.stream().map(sum -> HexFormat.of().formatHex(sum.digest())).toList();
  }

  @Override
  public void close() throws IOException {
    all.close();
  }
}
