package io.github.camelakeeba.archive.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.secret.Sha256;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a reader reports, in its order: each entry that was whole, and the SHA-256 of its bytes. */
final class CollectedEntries implements EntrySink {
  final List<ArchiveEntry> entries = new ArrayList<>();
  final Map<String, String> checksums = new TreeMap<>();
  final Map<String, String> links = new TreeMap<>();
  long bytes;
  private ArchiveEntry open;
  private MessageDigest sum;
  private final StringBuilder target = new StringBuilder();
  private long length;

  @Override
  public void begin(ArchiveEntry entry) {
    assertThat(open).as("the entry before").isNull();
    open = entry;
    sum = Sha256.digest();
    target.setLength(0);
    length = 0;
  }

  @Override
  public void bytes(byte[] from, int offset, int count) {
    assertThat(open.kind()).isNotEqualTo(ArchiveEntry.Kind.FOLDER);
    sum.update(from, offset, count);
    if (open.kind() == ArchiveEntry.Kind.LINK) {
      target.append(new String(from, offset, count, java.nio.charset.StandardCharsets.UTF_8));
    }
    length += count;
  }

  @Override
  public void end() {
    if (open.size() >= 0) {
      assertThat(length).as(open.path()).isEqualTo(open.size());
    }
    entries.add(open);
    bytes += length;
    switch (open.kind()) {
      case FILE -> checksums.put(open.path(), HexFormat.of().formatHex(sum.digest()));
      case LINK -> links.put(open.path(), target.toString());
      default -> {}
    }
    open = null;
  }

  boolean complete() {
    return open == null;
  }

  ArchiveEntry entry(String path) {
    return entries.stream().filter(one -> one.path().equals(path)).findFirst().orElseThrow();
  }
}
