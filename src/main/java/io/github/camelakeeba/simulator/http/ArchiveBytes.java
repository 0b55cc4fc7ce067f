package io.github.camelakeeba.simulator.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** The bytes of an archive, all volumes; the structure is in memory, the rest is generated. */
public final class ArchiveBytes {
  // a prime: no piece of a file looks like the same piece of another
  private static final int PERIOD = 1_048_573;
  private static final byte[] SEQUENCE = new byte[PERIOD];

  static {
    new SplittableRandom(20261122).nextBytes(SEQUENCE);
  }

  private final NavigableMap<Long, Piece> pieces;
  private final long size;

  private ArchiveBytes(NavigableMap<Long, Piece> pieces, long size) {
    this.pieces = pieces;
    this.size = size;
  }

  public static ArchiveBytes zeros(long size) {
    return new Builder(0).repeated((byte) 0, size).build();
  }

  public long size() {
    return size;
  }

  /** Bytes in memory, from here to there or to the end. */
  public byte[] range(long from, long to) {
    byte[] range = new byte[(int) (Math.min(size, to) - from)];
    for (int done = 0; done < range.length; ) {
      done += copy(from + done, range, done, range.length - done);
    }
    return range;
  }

  void write(long from, long to, OutputStream out) throws IOException {
    byte[] buffer = new byte[256 * 1024];
    for (long at = from; at < to; ) {
      int n = copy(at, buffer, 0, (int) Math.min(buffer.length, to - at));
      out.write(buffer, 0, n);
      at += n;
    }
  }

  private int copy(long at, byte[] target, int offset, int most) {
    if (at >= size) {
      // only for a file that is sent longer than it is
      return noise(at, target, offset, most);
    }
    Map.Entry<Long, Piece> found = pieces.floorEntry(at);
    long inside = at - found.getKey();
    int n = (int) Math.min(most, found.getValue().length() - inside);
    return found.getValue().copy(inside, target, offset, n);
  }

  public ArchiveBytes withHole(long from, long to) {
    NavigableMap<Long, Piece> holed = new TreeMap<>(pieces.headMap(from, false));
    Map.Entry<Long, Piece> before = holed.lastEntry();
    if (before != null) {
      holed.put(before.getKey(), before.getValue().part(0, from - before.getKey()));
    }
    holed.put(from, new Piece(repeated((byte) 0), 0, to - from));
    Map.Entry<Long, Piece> last = pieces.floorEntry(to);
    if (to < size) {
      long cut = to - last.getKey();
      holed.put(to, last.getValue().part(cut, last.getValue().length() - cut));
      holed.putAll(pieces.tailMap(to, false));
    }
    return new ArchiveBytes(holed, size);
  }

  public static final class Builder {
    private final NavigableMap<Long, Piece> pieces = new TreeMap<>();
    private final long seed;
    private long size;

    /** Another seed makes other noise. */
    public Builder(long seed) {
      this.seed = seed;
    }

    public long size() {
      return size;
    }

    public Builder bytes(byte[] some) {
      return piece(given(some), 0, some.length);
    }

    public Builder noise(long length) {
      return piece(ArchiveBytes::noise, seed * 7919 + size, length);
    }

    public Builder repeated(byte one, long length) {
      return piece(ArchiveBytes.repeated(one), 0, length);
    }

    private Builder piece(Source source, long begin, long length) {
      if (length < 0) {
        throw new IllegalArgumentException(-length + " bytes too many for this size");
      }
      if (length > 0) {
        pieces.put(size, new Piece(source, begin, length));
        size += length;
      }
      return this;
    }

    public ArchiveBytes build() {
      return new ArchiveBytes(pieces, size);
    }
  }

  private record Piece(Source source, long begin, long length) {
    int copy(long from, byte[] target, int offset, int n) {
      return source.copy(begin + from, target, offset, n);
    }

    Piece part(long from, long some) {
      return new Piece(source, begin + from, some);
    }
  }

  @FunctionalInterface
  private interface Source {
    /** Copies n bytes or fewer; the number copied. */
    int copy(long from, byte[] target, int offset, int n);
  }

  private static Source given(byte[] bytes) {
    return (from, target, offset, n) -> {
      System.arraycopy(bytes, (int) from, target, offset, n);
      return n;
    };
  }

  private static Source repeated(byte one) {
    return (from, target, offset, n) -> {
      Arrays.fill(target, offset, offset + n, one);
      return n;
    };
  }

  /** Incompressible bytes: an endless sequence. */
  private static int noise(long from, byte[] target, int offset, int n) {
    int start = (int) Math.floorMod(from, (long) PERIOD);
    int some = Math.min(n, PERIOD - start);
    System.arraycopy(SEQUENCE, start, target, offset, some);
    return some;
  }
}
