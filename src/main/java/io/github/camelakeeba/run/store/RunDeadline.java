package io.github.camelakeeba.run.store;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.Deadline;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.config.Durations;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.run.Run;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Body;

/** The end that {@code maxDuration} sets to a run, whatever it waits for; or a user, sooner. */
public final class RunDeadline {
  private final Map<String, Site> sites;
  private final StopRequests stops;
  private final Clock clock;

  public RunDeadline(Map<String, Site> sites, StopRequests stops, Clock clock) {
    this.sites = sites;
    this.stops = stops;
    this.clock = clock;
  }

  public Deadline deadline(@Body Run run) {
    return new Deadline() {
      @Override
      public Duration remaining() {
        return RunDeadline.this.timeLeft(run);
      }

      @Override
      public void checkNotOver() {
        checkTimeLeft(run, Duration.ZERO);
        stops.checkNotStoppedRecently(run);
      }

      @Override
      public void await(Duration time) throws InterruptedException {
        Duration left = remaining().plusMillis(1);
        stops.await(run, time.compareTo(left) < 0 ? time : left);
        checkNotOver();
      }
    };
  }

  /** Throws {@code timeout} when the run has no time left for this wait. */
  public void checkTimeLeft(Run run, Duration wait) {
    if (timeLeft(run).compareTo(wait) < 0) {
      throw new AkeebaException(
          ErrorKind.TIMEOUT,
          "The run does not end within %s (maxDuration); nothing more was sent to the site."
              .formatted(Durations.format(limit(run))));
    }
  }

  private Duration timeLeft(Run run) {
    return Duration.between(clock.instant(), run.startedAt().plus(limit(run)));
  }

  private Duration limit(Run run) {
    return sites.get(run.site()).maxDuration();
  }
}
