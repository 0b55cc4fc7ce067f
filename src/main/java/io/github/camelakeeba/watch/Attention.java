package io.github.camelakeeba.watch;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.notify.text.HumanFormat;
import io.github.camelakeeba.notify.text.Remedies;
import io.github.camelakeeba.run.RunFailure;
import io.github.camelakeeba.secret.UntrustedText;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Why a person should look at a site, and what to do about it, in the words of the mail; null where
 * nobody needs to.
 */
record Attention(String reason, String advice) {
  private static final Attention NONE = new Attention(null, null);

  /** With the failures of the runs by their ids. */
  static Attention of(SiteStanding one, Map<String, RunFailure> failures, Instant now) {
    SiteState state = one.state(now);
    if (!one.site().enabled() || !state.needsAttention()) {
      return NONE;
    }
    Event.Error missing = one.health() == null ? null : one.health().missing();
    if (state == SiteState.MISSED && missing != null) {
      return new Attention(
          UntrustedText.asReason(missing.message()),
          Remedies.missed(one.site().name(), one.failures(), missing.kind()));
    }
    if (state == SiteState.MISSED) {
      Duration gap = Duration.between(one.health().since(), now);
      return new Attention(
          "No good backup of %s for %s."
              .formatted(one.site().displayName(), HumanFormat.duration(gap)),
          Remedies.missed(one.site().name(), one.failures()));
    }
    RunFailure failure = failures.get(one.health().failedRun());
    return failure == null // its run is forgotten
        ? new Attention(
            "The backup of %s failed, %s times in a row."
                .formatted(one.site().displayName(), one.failures()),
            Remedies.missed(one.site().name(), one.failures()))
        : new Attention(
            UntrustedText.asReason(failure.message()), Remedies.of(failure.kind().word()));
  }

  /** Since when: a good backup is overdue; else when the newest one failed. */
  static Instant since(SiteStanding one, Instant now) {
    if (one.health().goneAt() != null) {
      return one.health().goneAt();
    }
    return one.overdue(now) ? one.dueAt() : one.health().failedAt();
  }
}
