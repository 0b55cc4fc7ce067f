package io.github.camelakeeba.schedule;

import io.github.camelakeeba.config.Configuration.Report;
import io.github.camelakeeba.config.ScheduleCalculator;
import io.github.camelakeeba.outbox.Outbox;
import io.github.camelakeeba.watch.SiteReports;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** Puts the reports on their way whose schedule has fired. */
public final class ScheduledReports {
  private final List<Report> reports;
  private final ScheduleCalculator schedules;
  private final SiteReports sites;
  private final Outbox outbox;

  /** A report and the time that it is for. */
  public record DueReport(Report report, Instant due) {}

  public ScheduledReports(
      List<Report> reports, ScheduleCalculator schedules, SiteReports sites, Outbox outbox) {
    this.reports = reports;
    this.schedules = schedules;
    this.sites = sites;
    this.outbox = outbox;
  }

  /** After a downtime the last one that has been missed. */
  public List<DueReport> due(@Variable("backup-fire") ScheduleFire fire) {
    return reports.stream()
        .filter(report -> report.schedule().name().equals(fire.schedule()))
        .map(report -> new DueReport(report, schedules.scheduledFire(report.schedule(), fire.at())))
        .toList();
  }

  /** A second time, on whichever node, it changes nothing. */
  public void send(@Body DueReport one) {
    outbox.enqueue(sites.report(one.report(), one.due()), one.report().to());
  }
}
