package io.github.camelakeeba.app.cli;

import io.github.camelakeeba.app.cli.command.ProgramCommand;
import io.github.camelakeeba.app.cli.output.ExitCode;
import io.github.camelakeeba.app.web.ApiServer;
import io.github.camelakeeba.config.FileEncoding;
import io.github.camelakeeba.service.Service;
import io.github.camelakeeba.service.StartModes;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
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
    Service service =
        Service.start(home(), StartModes.serve(home(), ApiServer.withCommandsOf(home())));
    service.templateProblems().forEach(log::warn);
    service.routeDifferences().forEach(log::warn);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(service, stopped), "stop"));
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
