package io.github.camelakeeba.watch;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.run.Waiting;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How everything stands, of the sites that the caller sees. Instants are ISO 8601 in UTC.
 *
 * @param at when it was read
 * @param node the process that answers
 * @param sentence whether all is well, for people
 * @param level ok, warning, failed, or unknown: a site has no good backup yet, or none is switched
 *     on
 * @param states sites by {@link SiteState}; {@code running}: all with a run that is queued or
 *     running, which are counted by their standing as well
 * @param oldestGood of the enabled sites the one whose last good backup is the oldest; null: none
 * @param running runs that have not ended, at most 100, those that run first
 * @param tags those of the sites
 * @param demo whether the sites are simulated ones
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Summary(
    Instant at,
    String node,
    String sentence,
    String level,
    int sites,
    Map<String, Integer> states,
    SiteAt oldestGood,
    SiteAt nextRun,
    NeedsYou needsYou,
    List<OpenRun> running,
    List<String> tags,
    boolean demo,
    CallerName caller) {
  public record SiteAt(String site, Instant at) {}

  /** What needs a person: how many sites, and the first of them, the longest first. */
  public record NeedsYou(
      int count,
      List<Case> sites,
      int parked,
      List<AwayChannel> channels,
      List<AwayTrigger> triggers) {}

  /**
   * A site that needs a person.
   *
   * @param since when a good backup became overdue, else when the newest one failed
   * @param run the one that failed; null: none did since the last good one
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Case(
      String site,
      String title,
      String state,
      Instant since,
      String reason,
      String advice,
      String run) {}

  /** A channel that has given up messages, or has not been reached for more than 15 minutes. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record AwayChannel(String channel, int parked, Instant since, String lastError) {}

  /** A trigger that takes no requests. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record AwayTrigger(String trigger, Instant since, String reason) {}

  /**
   * A run that has not ended.
   *
   * @param usualDurationMs as in {@link SiteView}
   * @param waitsFor another client's backup that it waits for, or null
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record OpenRun(@JsonUnwrapped RunView run, Long usualDurationMs, Waiting waitsFor) {}

  /** Who asks, and what that caller may do: read, start, admin. */
  public record CallerName(String name, String scope) {}

  /** The same, whenever it was read. */
  public Summary timeless() {
    return with(null, caller);
  }

  /** The same for another who sees the same sites. */
  public Summary of(CallerName other) {
    return with(at, other);
  }

  private Summary with(Instant time, CallerName asks) {
    return new Summary(
        time,
        node,
        sentence,
        level,
        sites,
        states,
        oldestGood,
        nextRun,
        needsYou,
        running,
        tags,
        demo,
        asks);
  }
}
