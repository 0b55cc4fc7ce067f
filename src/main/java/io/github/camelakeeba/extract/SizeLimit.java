package io.github.camelakeeba.extract;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;

/** Stops an archive that holds more than it should: deflate makes a thousand bytes of one. */
final class SizeLimit {
  /** So many times the archive's own size no site's files and dump have. */
  static final long DEFAULT_FACTOR = 100;

  /** Bytes that any archive may have: a small one may be a long log. */
  static final long ALWAYS_ALLOWED = 1L << 30;

  private final long max;
  private final String rule;
  private long used;

  private SizeLimit(long max, String rule) {
    this.max = max;
    this.rule = rule;
  }

  /**
   * Of a request.
   *
   * @param given bytes; null: by the archive's size
   * @param archive bytes; -1: not known, then only what any archive may have
   */
  static SizeLimit of(Long given, long archive) {
    if (given != null) {
      return new SizeLimit(given, "the limit that was given (--max-size)");
    }
    long byArchive =
        archive > Long.MAX_VALUE / DEFAULT_FACTOR ? Long.MAX_VALUE : archive * DEFAULT_FACTOR;
    return byArchive > ALWAYS_ALLOWED
        ? new SizeLimit(
            byArchive,
            "%s times the archive's own size; if that is right, give a limit (--max-size)"
                .formatted(DEFAULT_FACTOR))
        : new SizeLimit(
            ALWAYS_ALLOWED,
            "what an archive of this size may have; if that is right, give a limit (--max-size)");
  }

  /** Throws when an entry that states so many bytes is too much; -1: it states none. */
  void check(long stated) {
    if (stated > max - used) {
      throw exceeded();
    }
  }

  /** Counts bytes that came; throws when they are too many. */
  void add(long bytes) {
    check(bytes);
    used += bytes;
  }

  private AkeebaException exceeded() {
    return new AkeebaException(
        ErrorKind.VERIFICATION,
        "The files in the archive have more than %s bytes: %s. Nothing more is written."
            .formatted(max, rule));
  }
}
