package io.github.camelakeeba.secret;

import java.util.BitSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.regex.Pattern;

/**
 * Every secret of this process, in each form that a text could hold it, masked just before an
 * output. The one class with state for the whole process: a log line does not know whose secret it
 * holds.
 *
 * <p>A text may be cut within a secret. So a form is also known by its first and by its last
 * {@value #EDGE} characters, and masked as far as it is there.
 */
public final class SecretMasker {
  public static final int MIN_MASKED = 4; // shorter secrets occur in every message
  private static final int EDGE = 8; // characters at either end that identify a form

  /** An address begins and ends like others: only the whole of it is a secret. */
  private static final Pattern ADDRESS = Pattern.compile("(?s)[a-zA-Z][a-zA-Z0-9+.-]*://.*");

  private static final String CUT = " \t\r\n\"'`=:,;&?*()[]{}<>\\%…"; // surrounds a cut text
  private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

  /** Forms of {@value #EDGE} characters and more, by the key of their beginning. */
  private static final Map<Long, Set<Form>> BEGINNINGS = new ConcurrentHashMap<>();

  /** The same by the key of their end, but for those that count as a whole only. */
  private static final Map<Long, Set<Form>> ENDS = new ConcurrentHashMap<>();

  /** Shorter forms, by the key of their first {@value #MIN_MASKED} characters. */
  private static final Map<Long, Set<Form>> SHORT = new ConcurrentHashMap<>();

  private static final long PRIME = 0x100000001B3L;

  /**
   * A bit for each key of the maps: nearly all places of a text are told by it to hold no secret.
   * 2^20 bits are enough for the secrets of ten thousand sites.
   */
  private static final AtomicLongArray KNOWN = new AtomicLongArray(1 << 14);

  /** A text that is masked; whole: nothing less than all of it counts. */
  private record Form(String text, boolean whole) {}

  private SecretMasker() {}

  /** Masked from now on in each form, also cut; not below {@value #MIN_MASKED} characters. */
  public static void add(String value) {
    add(value, ADDRESS.matcher(value).matches());
  }

  /** The same for a text that begins or ends as others do, such as the path of an address. */
  public static void addWhole(String value) {
    add(value, true);
  }

  private static void add(String value, boolean whole) {
    if (value.length() < MIN_MASKED || !SEEN.add(value)) {
      return;
    }
    for (String text : SecretEncodings.of(value)) {
      Form form = new Form(text, whole);
      if (text.length() < EDGE) {
        put(SHORT, key(text, 0, MIN_MASKED), form);
      } else {
        put(BEGINNINGS, key(text, 0, EDGE), form);
        if (!whole) {
          put(ENDS, key(text, text.length() - EDGE, text.length()), form);
        }
      }
    }
  }

  /** As in a new process. */
  static void forgetAll() {
    SEEN.clear();
    BEGINNINGS.clear();
    ENDS.clear();
    SHORT.clear();
    for (int i = 0; i < KNOWN.length(); i++) {
      KNOWN.set(i, 0);
    }
  }

  private static void put(Map<Long, Set<Form>> forms, long key, Form form) {
    forms.computeIfAbsent(key, any -> ConcurrentHashMap.newKeySet()).add(form);
    int bit = bit(key);
    KNOWN.accumulateAndGet(bit >>> 6, 1L << bit, (old, more) -> old | more);
  }

  private static boolean known(long key) {
    int bit = bit(key);
    return (KNOWN.get(bit >>> 6) & 1L << bit) != 0;
  }

  /** By the upper bits of a product, since keys of similar texts differ in their lower ones. */
  private static int bit(long key) {
    return (int) ((key * 0x9E3779B97F4A7C15L) >>> 44);
  }

  /** The text with every known secret replaced by {@code ***}; hardly slower with more secrets. */
  public static String mask(String text) {
    BitSet secret = null;
    for (int at = 0; at + MIN_MASKED <= text.length(); at++) {
      int from = at;
      int to = at;
      long start = key(0, text, at, at + MIN_MASKED);
      if (known(start)) {
        to = at + shortForm(text, at, start);
      }
      if (at + EDGE <= text.length()) {
        long key = key(start, text, at + MIN_MASKED, at + EDGE);
        if (known(key)) {
          to = Math.max(to, at + beginning(text, at, key));
          int ending = ending(text, at + EDGE, key);
          from = Math.min(from, ending == 0 ? at : at + EDGE - ending);
          to = Math.max(to, ending == 0 ? at : at + EDGE);
        }
      }
      if (to > at) {
        secret = secret == null ? new BitSet(text.length()) : secret;
        secret.set(from, to);
      }
    }
    return secret == null ? text : masked(text, secret);
  }

  private static String masked(String text, BitSet secret) {
    StringBuilder masked = new StringBuilder(text.length());
    int copied = 0;
    for (int from = secret.nextSetBit(0); from >= 0; from = secret.nextSetBit(copied)) {
      masked.append(text, copied, from).append("***");
      copied = secret.nextClearBit(from);
    }
    return masked.append(text, copied, text.length()).toString();
  }

  private static int shortForm(String text, int at, long key) {
    return SHORT.getOrDefault(key, Set.of()).stream()
        .filter(form -> text.startsWith(form.text, at))
        .mapToInt(form -> form.text.length())
        .max()
        .orElse(0);
  }

  /** How much of a form begins here. */
  private static int beginning(String text, int at, long key) {
    int longest = 0;
    for (Form form : BEGINNINGS.getOrDefault(key, Set.of())) {
      int limit = Math.min(form.text.length(), text.length() - at);
      int same = 0;
      while (same < limit && text.charAt(at + same) == form.text.charAt(same)) {
        same++;
      }
      if (same == form.text.length() || !form.whole && same >= EDGE && cutAfter(text, at + same)) {
        longest = Math.max(longest, same);
      }
    }
    return longest;
  }

  /** How much of a form ends before this place. */
  private static int ending(String text, int end, long key) {
    int longest = 0;
    for (Form form : ENDS.getOrDefault(key, Set.of())) {
      int limit = Math.min(form.text.length(), end);
      int same = 0;
      while (same < limit
          && text.charAt(end - 1 - same) == form.text.charAt(form.text.length() - 1 - same)) {
        same++;
      }
      if (same == form.text.length() || same >= EDGE && cutBefore(text, end - same)) {
        longest = Math.max(longest, same);
      }
    }
    return longest;
  }

  private static boolean cutAfter(String text, int at) {
    return at == text.length()
        || CUT.indexOf(text.charAt(at)) >= 0
        || text.charAt(at) == '.' && (at + 1 == text.length() || !word(text.charAt(at + 1)));
  }

  private static boolean cutBefore(String text, int at) {
    return at == 0
        || CUT.indexOf(text.charAt(at - 1)) >= 0
        || text.charAt(at - 1) == '.' && (at == 1 || !word(text.charAt(at - 2)));
  }

  private static boolean word(char c) {
    return Character.isLetterOrDigit(c);
  }

  /** A hash: texts of one key may differ, and are compared. */
  private static long key(String text, int from, int to) {
    return key(0, text, from, to);
  }

  /** The same of a text whose beginning has that key. */
  private static long key(long beginning, String text, int from, int to) {
    long key = beginning;
    for (int i = from; i < to; i++) {
      key = key * PRIME + text.charAt(i);
    }
    return key;
  }
}
