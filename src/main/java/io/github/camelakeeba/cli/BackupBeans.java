package io.github.camelakeeba.cli;

import io.github.camelakeeba.akeeba.AnswerParser;
import io.github.camelakeeba.akeeba.Changes;
import io.github.camelakeeba.akeeba.Connections;
import io.github.camelakeeba.akeeba.EndpointJudge;
import io.github.camelakeeba.akeeba.Failures;
import io.github.camelakeeba.akeeba.Pauses;
import io.github.camelakeeba.akeeba.ProfileImport;
import io.github.camelakeeba.akeeba.SingleCalls;
import io.github.camelakeeba.akeeba.SiteCalls;
import io.github.camelakeeba.archive.Archives;
import io.github.camelakeeba.archive.Downloads;
import io.github.camelakeeba.archive.HandingOn;
import io.github.camelakeeba.run.ArchiveBeginning;
import io.github.camelakeeba.run.ArchiveSize;
import io.github.camelakeeba.run.BackupLooks;
import io.github.camelakeeba.run.BackupSteps;
import io.github.camelakeeba.run.BackupVerdicts;
import io.github.camelakeeba.run.Calls;
import io.github.camelakeeba.run.Database;
import io.github.camelakeeba.run.Descriptions;
import io.github.camelakeeba.run.DownloadWishes;
import io.github.camelakeeba.run.Endpoints;
import io.github.camelakeeba.run.Keeping;
import io.github.camelakeeba.run.KeptFiles;
import io.github.camelakeeba.run.LostAnswers;
import io.github.camelakeeba.run.MaxDuration;
import io.github.camelakeeba.run.OtherBackups;
import io.github.camelakeeba.run.Patience;
import io.github.camelakeeba.run.Recovery;
import io.github.camelakeeba.run.RunGate;
import io.github.camelakeeba.run.RunRetries;
import io.github.camelakeeba.run.RunSite;
import io.github.camelakeeba.run.RunStore;
import io.github.camelakeeba.run.StartRecovery;
import io.github.camelakeeba.run.SteadyClock;
import io.github.camelakeeba.run.StepRecovery;
import io.github.camelakeeba.run.StopMark;
import io.github.camelakeeba.site.Configuration;
import io.github.camelakeeba.site.Site;
import io.github.camelakeeba.site.Timings;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.http.base.cookie.ExchangeCookieHandler;

/** What the routes of one backup ask, from its first call to its archive. */
final class BackupBeans {
  /** Files that are fetched at once in this process. */
  private static final int DOWNLOADS = 8;

  private final Map<String, Object> beans = new LinkedHashMap<>();
  private final Connections connections;
  private final Failures failures;

  /**
   * For these sites.
   *
   * @param home below which archives go
   * @param recovery how patient this process is
   * @param clock measures, without the jumps of the wall clock
   * @param wall tells the time of day
   */
  BackupBeans(
      Configuration configuration,
      Database database,
      RunStore store,
      RunGate gate,
      Home home,
      Recovery recovery,
      Timings timings,
      SteadyClock clock,
      Clock wall) {
    Map<String, Site> sites = configuration.sites();
    AnswerParser parser = new AnswerParser();
    connections = new Connections(sites.values(), configuration.limits().concurrent(), timings);
    failures = new Failures(timings);
    RunRetries retries =
        new RunRetries(sites, store, new StopMark(database), failures, recovery, clock);
    MaxDuration maxDuration = new MaxDuration(sites, new StopMark(database), clock);
    beans.put("backup-max-duration", maxDuration);
    beans.put("akeeba-pauses", new Pauses());
    SiteCalls calls = new SiteCalls(connections);
    beans.put("akeeba-calls", new Calls(sites, calls));
    beans.put(
        "backup-downloads",
        new Downloads(calls, parser, failures, recovery::pauseAfter, gate::closed));
    beans.put("backup-archives", new Archives());
    HandingOn handingOn = new HandingOn();
    beans.put("backup-handing-on", handingOn);
    beans.put("backup-kept-files", new KeptFiles(handingOn));
    beans.put(
        "backup-keeping",
        new Keeping(
            sites, database, home.data().resolve("archives"), store, gate, failures, clock));
    beans.put("backup-download-wishes", new DownloadWishes(sites, home.folder()));
    beans.put("akeeba-changes", new Changes(calls, parser, failures));
    beans.put("akeeba-profile-import", new ProfileImport(calls, parser));
    beans.put("akeeba-endpoints", new Endpoints(sites, database, parser, wall));
    beans.put("backup-run-site", new RunSite(sites, store));
    beans.put("akeeba-endpoint-judge", new EndpointJudge(parser, failures));
    beans.put("akeeba-cookies", new ExchangeCookieHandler());
    beans.put("backup-site-report", new SiteReport(parser));
    beans.put(
        "backup-steps",
        new BackupSteps(
            sites, new Descriptions(wall), parser, store, failures, retries, maxDuration, clock));
    beans.put("backup-looks", new BackupLooks(sites, parser, store, timings, clock));
    beans.put("backup-verdicts", new BackupVerdicts(parser));
    beans.put("backup-other-backups", new OtherBackups(parser, store, retries));
    beans.put("backup-lost-answers", new LostAnswers(failures));
    beans.put("backup-call-patience", new Patience(failures, recovery, gate));
    beans.put(
        "backup-step-recovery",
        new StepRecovery(sites, parser, retries, maxDuration, recovery, timings, clock));
    beans.put("backup-start-recovery", new StartRecovery(parser, recovery, clock));
    beans.put("backup-run-retries", retries);
    beans.put("backup-archive-beginning", new ArchiveBeginning(parser));
    beans.put("backup-archive-size", new ArchiveSize(sites, database));
  }

  void bind(CamelContext context) {
    beans.forEach(context.getRegistry()::bind);
    context.addComponent(SingleCalls.SCHEME, SingleCalls.component());
    context
        .getRegistry()
        .bind(
            "backup-download-threads",
            context
                .getExecutorServiceManager()
                .newThreadPool(this, "backup-download", DOWNLOADS, DOWNLOADS));
    connections.bind(context);
  }

  /** Why a call failed. */
  Failures failures() {
    return failures;
  }
}
