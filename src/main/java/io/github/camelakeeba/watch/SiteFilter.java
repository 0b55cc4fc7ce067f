package io.github.camelakeeba.watch;

import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which sites to list.
 *
 * @param states those that stand so; {@code RUNNING}: those with a run that is queued or running,
 *     however they stand. Empty: all
 * @param tags those with any of these tags; empty: all
 * @param proofs those of which restore tests say so; empty: all
 * @param text a part of name, title or a tag, in any case; null: all
 * @param visible by their tags whether they are there for who asks
 */
public record SiteFilter(
    Set<SiteState> states,
    Set<String> tags,
    Set<ProofState> proofs,
    String text,
    Predicate<Collection<String>> visible) {
  Predicate<SiteStanding> at(Instant now) {
    String part = text == null ? null : text.toLowerCase(Locale.ROOT);
    return one ->
        visible.test(one.site().tags())
            && (tags.isEmpty() || one.site().tags().stream().anyMatch(tags::contains))
            && (states.isEmpty()
                || one.open() && states.contains(SiteState.RUNNING)
                || states.contains(one.state(now)))
            && (proofs.isEmpty() || one.proofState() != null && proofs.contains(one.proofState()))
            && (part == null || names(one, part));
  }

  private static boolean names(SiteStanding one, String part) {
    return has(one.site().name(), part)
        || one.site().title() != null && has(one.site().title(), part)
        || one.site().tags().stream().anyMatch(tag -> has(tag, part));
  }

  private static boolean has(String text, String part) {
    return text.toLowerCase(Locale.ROOT).contains(part);
  }
}
