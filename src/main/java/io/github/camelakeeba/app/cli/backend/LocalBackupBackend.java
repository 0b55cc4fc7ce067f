package io.github.camelakeeba.app.cli.backend;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.service.Service;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.CamelExecutionException;

/** Backups in this process. */
final class LocalBackupBackend implements BackupBackend {
  private final Service service;
  private volatile boolean stopping;
  private final Thread shutdownHook = new Thread(this::stop, "stop");

  LocalBackupBackend(Service service) {
    this.service = service;
    Runtime.getRuntime().addShutdownHook(shutdownHook);
  }

  /** Ctrl-C: the call in flight is awaited, and the run is set aside between two steps. */
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
  public List<BackupSite> sites() {
    return service.configuration().sites().values().stream()
        .map(site -> new BackupSite(site.name(), site.enabled(), site.tags()))
        .toList();
  }

  @Override
  public RunView accept(Map<String, Object> wish) throws Exception {
    byte[] body = service.beans().json().mapper().writeValueAsBytes(wish);
    BackupRequest request = service.beans().reader().read(body, "command");
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
      return view(id);
    } catch (RuntimeException e) {
      if (stopping) {
        new CountDownLatch(1).await(); // the store is being closed, and the process ends soon
      }
      throw e;
    }
  }

  private RunView view(String id) {
    // the outcome first: it is written in the transaction that ends the run
    Event outcome = service.beans().runs().outcome(id).orElse(null);
    return RunView.of(service.beans().runs().find(id).orElseThrow(), outcome);
  }

  @Override
  public void awaitDelivery(List<Event> outcomes) throws InterruptedException {
    service
        .beans()
        .outbox()
        .stopGathering(); // nothing else will fail here that is worth waiting for
    // what is not delivered by then goes out with the next serve
    long until = System.nanoTime() + service.timings().foregroundTimeout().toNanos();
    while (outcomes.stream().anyMatch(event -> service.beans().outbox().undeliveredCount(event) > 0)
        && System.nanoTime() < until) {
      Thread.sleep(100);
    }
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
