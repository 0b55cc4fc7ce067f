package io.github.camelakeeba.akeeba;

/** An answer, or the same call again after a redirect. */
public sealed interface CallResult permits Call, AkeebaResponse {
  /** Whether it is still to be sent. */
  boolean unanswered();
}
