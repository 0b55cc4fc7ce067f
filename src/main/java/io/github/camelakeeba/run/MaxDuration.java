package io.github.camelakeeba.run;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.Deadline;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.site.Durations;
import io.github.camelakeeba.site.Site;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Body;

/** The end that {@code maxDuration} sets to a run, whatever it waits for; or a user, sooner. */
public final class MaxDuration {
  private final Map<String, Site> sites;
  private final StopMark stops;
  private final Clock clock;

  /** The sites by name. */
  public MaxDuration(Map<String, Site> sites, StopMark stops, Clock clock) {
    this.sites = sites;
    this.stops = stops;
    this.clock = clock;
  }

  /** When the calls of this run, and its waits, must end. */
  public Deadline deadline(@Body Run run) {
    return new Deadline() {
      @Override
      public Duration left() {
        return MaxDuration.this.left(run);
      }

      @Override
      public void heed() {
        check(run, Duration.ZERO);
        stops.heedSoon(run);
      }
    };
  }

  /** Throws {@code timeout} when the run has no time left for this wait. */
  void check(Run run, Duration wait) {
    if (left(run).compareTo(wait) < 0) {
      throw new AkeebaException(
          ErrorKind.TIMEOUT,
          "The run does not end within %s (maxDuration); nothing more was sent to the site."
              .formatted(Durations.text(longest(run))));
    }
  }

  private Duration left(Run run) {
    return Duration.between(clock.instant(), run.startedAt().plus(longest(run)));
  }

  private Duration longest(Run run) {
    return sites.get(run.site()).maxDuration();
  }
}
