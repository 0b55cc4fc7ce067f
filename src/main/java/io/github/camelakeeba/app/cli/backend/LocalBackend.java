package io.github.camelakeeba.app.cli.backend;

import io.github.camelakeeba.census.Census;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.keep.DownloadedArchives;
import io.github.camelakeeba.keep.DownloadedArchives.ArchiveView;
import io.github.camelakeeba.keep.StoredArchive;
import io.github.camelakeeba.outbox.UndeliveredMessages;
import io.github.camelakeeba.proof.Proof;
import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.service.Service;
import io.github.camelakeeba.service.ServiceModule;
import io.github.camelakeeba.watch.RunStory;
import io.github.camelakeeba.watch.SiteView;
import io.github.camelakeeba.watch.StatusView;
import io.github.camelakeeba.watch.TimelineQueries;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.apache.camel.CamelExecutionException;

/** This process, with the store open. */
final class LocalBackend implements Backend {
  private final Service service;
  private final ServiceModule beans;
  private final Thread shutdownHook = new Thread(this::stop, "stop");
  private volatile boolean stopping;

  LocalBackend(Service service, boolean backups) {
    this.service = service;
    this.beans = service.beans();
    if (backups) {
      Runtime.getRuntime().addShutdownHook(shutdownHook);
    }
  }

  /** Ctrl-C: awaits the call in flight, and leaves the run between two steps. */
  private void stop() {
    stopping = true;
    try {
      System.err.println("stopping after the step that is under way; the next serve goes on");
      service.close();
    } catch (Exception e) {
      System.err.println("could not stop cleanly: " + e.getMessage());
    }
  }

  @Override
  public StatusView status() {
    return beans.monitoring().status().view();
  }

  @Override
  public Optional<RunStory> run(String id) {
    return new TimelineQueries(beans.monitoring().database()).story(id);
  }

  @Override
  public List<StoredArchive> archives(String site) {
    return new DownloadedArchives(Map.of(), beans.monitoring().database())
        .newest(List.of(site), MAX_ARCHIVES).stream().map(ArchiveView::stored).toList();
  }

  @Override
  public Optional<Census> counted(StoredArchive archive) {
    return new DownloadedArchives(Map.of(), beans.monitoring().database()).counted(archive);
  }

  @Override
  public SiteView pause(String site, String until, String reason) {
    beans.monitoring().pauses().pause(site, until, reason, Backend.COMMAND_USER);
    return beans.monitoring().status().site(site).orElseThrow();
  }

  @Override
  public SiteView resume(String site) {
    beans.monitoring().pauses().resume(site, Backend.COMMAND_USER);
    return beans.monitoring().status().site(site).orElseThrow();
  }

  @Override
  public UndeliveredMessages messages(String channel, boolean parked, int limit) {
    return beans.monitoring().outboxAdmin().messages(channel, parked, limit);
  }

  @Override
  public int retry(String channel, List<Long> ids) {
    return beans.monitoring().outboxAdmin().retry(channel, ids);
  }

  @Override
  public RunView stop(String run) {
    beans.stopService().stop(run);
    return beans.runs().view(run).orElseThrow();
  }

  @Override
  public List<BackupSite> sites() {
    return status().sites().stream()
        .map(
            site ->
                new BackupSite(
                    site.site(),
                    site.enabled(),
                    site.tags(),
                    site.failures(),
                    site.paused(),
                    site.zone()))
        .toList();
  }

  @Override
  public RunView accept(Map<String, Object> members) throws Exception {
    byte[] body = beans.json().mapper().writeValueAsBytes(members);
    BackupRequest request = beans.reader().readCommand(body, COMMAND_USER);
    try {
      Run run =
          service
              .context()
              .createProducerTemplate()
              .requestBody("direct:backup-request", request, Run.class);
      return RunView.of(run, null);
    } catch (CamelExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  @Override
  public RunView poll(String id) throws InterruptedException {
    try {
      // the outcome first: it is written in the transaction that ends the run
      Event outcome = beans.runs().outcome(id).orElse(null);
      return RunView.of(beans.runs().find(id).orElseThrow(), outcome);
    } catch (RuntimeException e) {
      if (stopping) {
        new CountDownLatch(1).await(); // the store is being closed, and the process ends soon
      }
      throw e;
    }
  }

  @Override
  public Proof prove(String site, String id) {
    return beans.proofs().requests().ask(site, id, "command", COMMAND_USER);
  }

  @Override
  public Proof proof(Proof asked) throws InterruptedException {
    try {
      return beans.proofs().requests().find(asked.id()).orElseThrow();
    } catch (RuntimeException e) {
      if (stopping) {
        new CountDownLatch(1).await(); // the store is being closed, and the process ends soon
      }
      throw e;
    }
  }

  @Override
  public void awaitDeliveryOf(Proof proof) throws InterruptedException {
    awaitDelivery(() -> beans.outbox().undeliveredCountOf(proof.site()) > 0);
  }

  @Override
  public void awaitDelivery(List<Event> outcomes) throws InterruptedException {
    awaitDelivery(
        () -> outcomes.stream().anyMatch(event -> beans.outbox().undeliveredCount(event) > 0));
  }

  private void awaitDelivery(BooleanSupplier undelivered) throws InterruptedException {
    beans.outbox().stopGathering(); // no other failure will come
    // the next serve delivers the rest
    long until = System.nanoTime() + service.timings().foregroundTimeout().toNanos();
    while (undelivered.getAsBoolean() && System.nanoTime() < until) {
      Thread.sleep(100);
    }
  }

  @Override
  public boolean isRemote() {
    return false;
  }

  @Override
  public void close() throws Exception {
    try {
      Runtime.getRuntime().removeShutdownHook(shutdownHook);
    } catch (IllegalStateException e) {
      return; // it runs already, and closes the service
    }
    service.close();
  }
}
