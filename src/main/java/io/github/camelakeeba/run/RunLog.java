package io.github.camelakeeba.run;

import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.slf4j.MDC;

/** Names the site and the run in every log line of the thread that works on it. */
public final class RunLog {
  private final RunsAtWork atWork;

  /** What enters here is at work until its exchange has ended. */
  public RunLog(RunsAtWork atWork) {
    this.atWork = atWork;
  }

  /** From here on the thread's log lines are about this run; gives the run as claimed. */
  public Run enter(Exchange exchange, @Body Run run) {
    atWork.endWith(exchange, run);
    MDC.put("site", run.site());
    MDC.put("run", run.id());
    return run;
  }
}
