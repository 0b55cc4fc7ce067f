package io.github.camelakeeba.watch;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.camelakeeba.pause.SitePause;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.run.store.SiteHealthStore.SiteProof;
import java.time.Instant;
import java.util.List;

/**
 * A site in a long list: what a {@link SiteView} has, without what only the site's own view needs.
 * Ten thousand of them are sent at once, so what says nothing is left out.
 *
 * @param watched null: it is not
 * @param nextStart null: the same as {@code nextRun}, or none
 * @param run the run that is going on, or null
 * @param failures null: none
 * @param overdue null: it is not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ListedSite(
    String site,
    String title,
    boolean enabled,
    Boolean watched,
    List<String> tags,
    String schedule,
    String zone,
    Instant nextRun,
    Instant nextStart,
    Instant lastGood,
    RunView run,
    Integer failures,
    Boolean overdue,
    String state,
    String strip,
    String scheduleInWords,
    SitePause paused,
    String reason,
    String advice,
    Long size,
    Long durationMs,
    SiteProof proof) {
  static ListedSite of(SiteView site, RunView run) {
    boolean spread = site.nextStart() != null && !site.nextStart().equals(site.nextRun());
    return new ListedSite(
        site.site(),
        site.title(),
        site.enabled(),
        site.watched() ? true : null,
        site.tags(),
        site.schedule(),
        site.schedule() == null ? null : site.zone(),
        site.nextRun(),
        spread ? site.nextStart() : null,
        site.lastGood(),
        run,
        site.failures() == 0 ? null : (Integer) site.failures(),
        site.overdue() ? true : null,
        site.state(),
        site.strip(),
        site.scheduleInWords(),
        site.paused(),
        site.reason(),
        site.advice(),
        site.size(),
        site.durationMs(),
        site.proof());
  }

  /** When the next scheduled run starts, with the spread; null when none will. */
  Instant start() {
    return !enabled ? null : nextStart != null ? nextStart : nextRun;
  }
}
