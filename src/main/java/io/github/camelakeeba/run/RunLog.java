package io.github.camelakeeba.run;

import org.apache.camel.Body;
import org.slf4j.MDC;

/** Names the site and the run in every log line of the thread that works on it. */
public final class RunLog {
  /** From here on the thread's log lines are about this run; gives the run's id. */
  public String enter(@Body Run run) {
    MDC.put("site", run.site());
    MDC.put("run", run.id());
    return run.id();
  }
}
