package io.github.camelakeeba.watch;

import io.github.camelakeeba.run.store.SiteHealthStore.SiteProof;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What restore tests say of a site; of several that are true the first. */
public enum ProofState {
  /** The last one did not prove its backup. */
  UNPROVED,
  /** None has proved one for longer than {@code provedOverdueAfter}. */
  OVERDUE,
  /** None has proved one yet. */
  NEVER,
  PROVED;

  /** Null: the site has none, and is to have none. */
  static ProofState of(SiteProof proof) {
    if (proof == null) {
      return null;
    }
    if ("unproved".equals(proof.verdict())) {
      return UNPROVED;
    }
    return proof.overdueSince() != null ? OVERDUE : proof.provedAt() == null ? NEVER : PROVED;
  }

  /** As in the API. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(ProofState::word).toList();
  }
}
