package io.github.camelakeeba.akeeba;

/** Gives the wait before the next call. */
public interface CallDelay {
  /** Milliseconds; 0: not at all. */
  long pause();
}
