package io.github.camelakeeba.akeeba;

/** What became of a call so far: an answer, or the same call again after a redirect. */
public sealed interface Sent permits Call, Answer {
  /** Whether the answer is there. */
  boolean answered();
}
