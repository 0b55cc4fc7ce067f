package io.github.camelakeeba.akeeba;

/** What says how long to wait before the next call. */
public interface CallDelay {
  /** Milliseconds; 0: not at all. */
  long pause();
}
