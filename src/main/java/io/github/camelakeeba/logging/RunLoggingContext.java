package io.github.camelakeeba.logging;

import io.github.camelakeeba.archive.FileDownload;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.outbox.Delivery;
import io.github.camelakeeba.run.Run;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.slf4j.MDC;

/** Names the site and the run in every log line of the thread that works on it. */
public final class RunLoggingContext {
  /** From here until {@link #clear} the thread's log lines are about this run. */
  public void setRun(@Body Run run) {
    put(run.site(), run.id(), run.request().trigger());
  }

  /** The same for the run that this delivery tells of; of a digest or a notice there is none. */
  public void setDelivery(Delivery delivery) {
    if (delivery.message() instanceof Event event) {
      put(event.data().site(), event.data().run(), event.data().trigger());
    }
  }

  /**
   * From here on the thread's log lines are about a file, and the run that waits for it, if any.
   */
  public void setDownload(@Body FileDownload pull, @Variable("backup-run") Run run) {
    if (run == null) {
      put(pull.site().name(), null, null);
    } else {
      setRun(run);
    }
  }

  /** From here on the thread's log lines are about no run. */
  public void clear() {
    put(null, null, null);
  }

  private static void put(String site, String run, String trigger) {
    set("site", site);
    set("run", run);
    set("trigger", trigger);
  }

  private static void set(String key, String value) {
    if (value == null) {
      MDC.remove(key);
    } else {
      MDC.put(key, value);
    }
  }
}
