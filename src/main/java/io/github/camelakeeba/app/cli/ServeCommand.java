package io.github.camelakeeba.app.cli;

import io.github.camelakeeba.app.cli.command.ProgramCommand;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.app.signal.HangUpSignal;
import io.github.camelakeeba.app.web.ApiServer;
import io.github.camelakeeba.config.FileEncoding;
import io.github.camelakeeba.service.Service;
import io.github.camelakeeba.service.StartModes;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

@Command(
    name = "serve",
    description = "Serves schedules, triggers and the HTTP API until it is stopped.")
final class ServeCommand extends ProgramCommand implements Callable<Integer> {
  @Override
  public Integer call() throws Exception {
    Logger log = LoggerFactory.getLogger(ServeCommand.class);
    CompletableFuture<Service> started = new CompletableFuture<>();
    // before that: without a handler the signal would end a process that is starting
    HangUpSignal.handle(() -> started.thenAccept(service -> reload(service, log)));
    Service service =
        Service.start(home(), StartModes.serve(home(), ApiServer.withCommandsOf(home())));
    service.templateProblems().forEach(log::warn);
    service.routeDifferences().forEach(log::warn);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(service, stopped), "stop"));
    started.complete(service);
    if (FileEncoding.warning() != null) {
      log.warn(FileEncoding.warning());
    }
    log.info(
        "serving {} sites, {} channels as node {}; started in {} ms",
        service.configuration().sites().size(),
        service.configuration().channels().size(),
        service.beans().heartbeat().node(),
        ManagementFactory.getRuntimeMXBean().getUptime());
    stopped.await();
    return ExitCode.COMPLETED;
  }

  /**
   * In the thread of the signal, of which there is one for each, or at the end of the start;
   * problems are logged.
   */
  private static void reload(Service service, Logger log) {
    try {
      service.beans().reloads().reload().reload("SIGHUP");
    } catch (RuntimeException e) {
      log.debug("refused", e); // the reload has said why
    }
  }

  private static void stop(Service service, CountDownLatch stopped) {
    try {
      service.close();
    } catch (Exception e) {
      LoggerFactory.getLogger(ServeCommand.class).error("could not stop cleanly", e);
    } finally {
      stopped.countDown();
      // a signal alone would end with 143, but an ordered stop is no failure
      Runtime.getRuntime().halt(ExitCode.COMPLETED);
    }
  }
}
