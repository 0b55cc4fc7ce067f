package io.github.camelakeeba.simulator.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The bytes of an archive of any size, all volumes one after the other. Only its structure is in
 * memory; between it lies what can be had from anywhere: noise, or one byte again and again.
 */
public final class ArchiveBytes {
  private final NavigableMap<Long, Piece> pieces;
  private final long size;

  private ArchiveBytes(NavigableMap<Long, Piece> pieces, long size) {
    this.pieces = pieces;
    this.size = size;
  }

  /** So many zeros. */
  public static ArchiveBytes zeros(long size) {
    return new Builder(0).repeated((byte) 0, size).build();
  }

  public long size() {
    return size;
  }

  /** Bytes from here to there, as far as there are any; for what fits into memory. */
  public byte[] range(long from, long to) {
    byte[] piece = new byte[(int) (Math.min(size, to) - from)];
    for (int done = 0; done < piece.length; ) {
      done += copy(from + done, piece, done, piece.length - done);
    }
    return piece;
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
      return new Noise(at, most).copy(0, target, offset, most);
    }
    Map.Entry<Long, Piece> found = pieces.floorEntry(at);
    long inside = at - found.getKey();
    int n = (int) Math.min(most, found.getValue().length() - inside);
    return found.getValue().copy(inside, target, offset, n);
  }

  /** The same with zeros from here to there. */
  public ArchiveBytes withHole(long from, long to) {
    NavigableMap<Long, Piece> holed = new TreeMap<>(pieces.headMap(from, false));
    Map.Entry<Long, Piece> before = holed.lastEntry();
    if (before != null) {
      holed.put(before.getKey(), before.getValue().part(0, from - before.getKey()));
    }
    holed.put(from, new Repeated((byte) 0, to - from));
    Map.Entry<Long, Piece> last = pieces.floorEntry(to);
    if (to < size) {
      long cut = to - last.getKey();
      holed.put(to, last.getValue().part(cut, last.getValue().length() - cut));
      holed.putAll(pieces.tailMap(to, false));
    }
    return new ArchiveBytes(holed, size);
  }

  /** Puts pieces one behind the other. */
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
      return piece(new Given(some, 0, some.length));
    }

    public Builder noise(long length) {
      return piece(new Noise(seed * 7919 + size, length));
    }

    public Builder repeated(byte one, long length) {
      return piece(new Repeated(one, length));
    }

    private Builder piece(Piece piece) {
      if (piece.length() < 0) {
        throw new IllegalArgumentException(-piece.length() + " bytes too many for this size");
      }
      if (piece.length() > 0) {
        pieces.put(size, piece);
        size += piece.length();
      }
      return this;
    }

    public ArchiveBytes build() {
      return new ArchiveBytes(pieces, size);
    }
  }

  private interface Piece {
    long length();

    /** Copies n bytes or fewer; says how many. */
    int copy(long from, byte[] target, int offset, int n);

    Piece part(long from, long length);
  }

  private record Given(byte[] bytes, int begin, long length) implements Piece {
    @Override
    public int copy(long from, byte[] target, int offset, int n) {
      System.arraycopy(bytes, (int) (begin + from), target, offset, n);
      return n;
    }

    @Override
    public Piece part(long from, long some) {
      return new Given(bytes, (int) (begin + from), some);
    }
  }

  private record Repeated(byte one, long length) implements Piece {
    @Override
    public int copy(long from, byte[] target, int offset, int n) {
      Arrays.fill(target, offset, offset + n, one);
      return n;
    }

    @Override
    public Piece part(long from, long some) {
      return new Repeated(one, some);
    }
  }

  /** Incompressible bytes: a stretch of one endless sequence. */
  private record Noise(long begin, long length) implements Piece {
    // a prime: no piece of a file looks like the same piece of another
    private static final int PERIOD = 1_048_573;
    private static final byte[] SEQUENCE = new byte[PERIOD];

    static {
      new SplittableRandom(20261122).nextBytes(SEQUENCE);
    }

    @Override
    public int copy(long from, byte[] target, int offset, int n) {
      int start = (int) Math.floorMod(begin + from, (long) PERIOD);
      int some = Math.min(n, PERIOD - start);
      System.arraycopy(SEQUENCE, start, target, offset, some);
      return some;
    }

    @Override
    public Piece part(long from, long some) {
      return new Noise(begin + from, some);
    }
  }
}
