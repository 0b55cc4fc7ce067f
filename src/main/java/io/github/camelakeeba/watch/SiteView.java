package io.github.camelakeeba.watch;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.camelakeeba.pause.SitePause;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.run.store.SiteHealthStore.SiteProof;
import java.time.Instant;
import java.util.List;

/**
 * A site as the API and the command line show it. Instants are ISO 8601 in UTC.
 *
 * @param watched whether backups of other clients count
 * @param schedule Quartz cron expression, or null: on events only
 * @param nextRun next time of the schedule that is not skipped, without the spread, or null
 * @param lastGood when its newest good backup had ended; null: there is none, or it is gone
 * @param run the run that is going on, else the newest; without its outcome
 * @param nextStart when the next scheduled run starts, with the spread; null when none will
 * @param failures failed runs in a row since the last good one
 * @param dueAt by when the next good backup must have ended; null: it need not
 * @param state how the site stands: {@link SiteState}
 * @param strip how its last 30 days went: {@link DayStrip}
 * @param scheduleInWords null without a schedule
 * @param paused the pause that lasts, or null
 * @param reason why a person should look at the site, as its mail says it; null: nobody needs to
 * @param advice what to do about it
 * @param size bytes of the archive of the last good backup; null: not known
 * @param durationMs how long that backup took
 * @param proof how its restore tests stand; null: there are none
 * @param usualDurationMs how long its good backups take: the median of the last 30 days
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record SiteView(
    String site,
    String title,
    boolean enabled,
    boolean watched,
    List<String> tags,
    String schedule,
    String zone,
    Instant nextRun,
    Instant lastGood,
    RunView run,
    Instant nextStart,
    int failures,
    boolean overdue,
    Instant dueAt,
    String state,
    String strip,
    String scheduleInWords,
    SitePause paused,
    String reason,
    String advice,
    Long size,
    Long durationMs,
    Long usualDurationMs,
    SiteProof proof) {}
