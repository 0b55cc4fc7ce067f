package io.github.camelakeeba.app.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Slows those who guess tokens: after {@value #BURST} wrong ones in a row an address may try one
 * each {@value #SECONDS_EACH} seconds. A token that was right from there before is not held up, so
 * that a guesser does not lock out those with the same address. Nor does a script with an old
 * token: one that is known to be wrong tells nobody anything new.
 */
final class FailedAttempts {
  private static final int BURST = 10;
  private static final int SECONDS_EACH = 3;
  private static final long MAX_USED_UP = 90;
  private static final long SECOND = 1_000_000_000L;
  private static final int MAX_REMEMBERED = 10_000;
  private static final int NETWORK_BYTES = 8; // of IPv6: a host has as many addresses as it likes

  /** When what has been tried is used up, in nanoseconds; guarded by this, like the next. */
  private final Map<String, Long> usedUp = bounded();

  /** Addresses with the hash of a token that came from there, and whether it was right. */
  private final Map<String, Boolean> tried = bounded();

  private final boolean countsRepeated;

  /** Nanoseconds since the start. */
  private final LongSupplier elapsed;

  /**
   * Nobody has tried yet.
   *
   * @param countsRepeated whether a wrong token counts each time
   * @param nanoTime {@link System#nanoTime}, which may overflow
   */
  FailedAttempts(boolean countsRepeated, LongSupplier nanoTime) {
    this.countsRepeated = countsRepeated;
    long start = nanoTime.getAsLong();
    this.elapsed = () -> nanoTime.getAsLong() - start;
  }

  private static <T> Map<String, T> bounded() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      @Override
      protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
        return size() > MAX_REMEMBERED;
      }
    };
  }

  /**
   * The seconds until the next try; 0: now.
   *
   * @param token any hash of what is tried
   */
  synchronized long retryAfter(InetAddress address, String token) {
    String from = network(address);
    Long until = usedUp.get(from);
    Boolean right = tried.get(from + " " + token);
    if (until == null || (countsRepeated ? Boolean.TRUE.equals(right) : right != null)) {
      return 0;
    }
    long wait = until - elapsed.getAsLong() - (BURST - 1) * SECONDS_EACH * SECOND;
    return wait <= 0 ? 0 : (wait + SECOND - 1) / SECOND;
  }

  synchronized void failed(InetAddress address, String token) {
    String from = network(address);
    boolean repeated = tried.put(from + " " + token, false) != null;
    if (repeated && !countsRepeated) {
      return;
    }
    long now = elapsed.getAsLong();
    long until = Math.max(usedUp.getOrDefault(from, now), now) + SECONDS_EACH * SECOND;
    // no more than that for those who try many at the same time
    usedUp.put(from, Math.min(until, now + MAX_USED_UP * SECOND));
  }

  synchronized void succeeded(InetAddress address, String token) {
    tried.put(network(address) + " " + token, true);
  }

  private static String network(InetAddress address) {
    byte[] bytes = address.getAddress();
    int counted = address instanceof Inet6Address ? NETWORK_BYTES : bytes.length;
    return Arrays.toString(Arrays.copyOf(bytes, counted));
  }
}
