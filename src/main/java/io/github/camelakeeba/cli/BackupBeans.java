package io.github.camelakeeba.cli;

import io.github.camelakeeba.akeeba.AnswerParser;
import io.github.camelakeeba.akeeba.Changes;
import io.github.camelakeeba.akeeba.Connections;
import io.github.camelakeeba.akeeba.EndpointJudge;
import io.github.camelakeeba.akeeba.Failures;
import io.github.camelakeeba.akeeba.Pauses;
import io.github.camelakeeba.akeeba.ProfileImport;
import io.github.camelakeeba.akeeba.ReadRetryPolicy;
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
  private final Failures failures = new Failures();

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
      SteadyClock clock,
      Clock wall) {
    Map<String, Site> sites = configuration.sites();
    connections = new Connections(sites.values(), configuration.limits().concurrent());
    ReadRetryPolicy reads = new ReadRetryPolicy(failures, recovery::pauseAfter, gate::closed);
    RunSite runSite = new RunSite(sites, store);
    EndpointJudge judge = new EndpointJudge(reads);
    beans.put("akeeba-requests", new Calls(sites));
    beans.put("akeeba-calls", new SiteCalls(connections));
    beans.put("akeeba-cookies", new ExchangeCookieHandler());
    beans.put("akeeba-json", AnswerParser.mapper());
    beans.put("akeeba-responses", new AnswerParser());
    beans.put("akeeba-failures", failures);
    beans.put("akeeba-read-retries", reads);
    beans.put("akeeba-pauses", new Pauses());
    beans.put("akeeba-endpoints", new Endpoints(sites, database, runSite, judge, wall));
    beans.put("akeeba-endpoint-judge", judge);
    beans.put("akeeba-changes", new Changes());
    beans.put("akeeba-profile-import", new ProfileImport());
    StopMark stops = new StopMark(database);
    RunRetries retries = new RunRetries(sites, store, stops, recovery, clock);
    MaxDuration maxDuration = new MaxDuration(sites, new StopMark(database), clock);
    beans.put("backup-max-duration", maxDuration);
    beans.put("backup-downloads", new Downloads(failures, recovery::pauseAfter, gate::closed));
    beans.put("backup-archives", new Archives());
    HandingOn handingOn = new HandingOn();
    beans.put("backup-handing-on", handingOn);
    beans.put("backup-kept-files", new KeptFiles(handingOn));
    beans.put(
        "backup-keeping",
        new Keeping(
            sites, database, home.data().resolve("archives"), store, gate, failures, clock));
    beans.put("backup-download-wishes", new DownloadWishes(sites, home.folder()));
    beans.put(
        "backup-steps",
        new BackupSteps(
            sites, new Descriptions(wall), store, failures, retries, maxDuration, clock));
    beans.put("backup-looks", new BackupLooks(sites, store, clock));
    beans.put("backup-verdicts", new BackupVerdicts());
    beans.put("backup-other-backups", new OtherBackups(store, retries));
    beans.put("backup-lost-answers", new LostAnswers(failures));
    beans.put(
        "backup-step-recovery", new StepRecovery(sites, retries, maxDuration, recovery, clock));
    beans.put("backup-start-recovery", new StartRecovery(recovery, clock));
    beans.put("backup-archive-beginning", new ArchiveBeginning());
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
