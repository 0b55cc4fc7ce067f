package io.github.camelakeeba.config.cron;

/** What is wrong with a schedule, and what to write, without the schedule itself. */
public final class ScheduleProblem extends RuntimeException {
  private static final long serialVersionUID = 1;

  ScheduleProblem(String what) {
    super(what, null, false, false);
  }
}
