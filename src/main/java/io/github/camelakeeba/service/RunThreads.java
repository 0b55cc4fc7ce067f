package io.github.camelakeeba.service;

import io.github.camelakeeba.config.Configuration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.util.concurrent.CamelThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads of runs and inspections. */
final class RunThreads {
  private static final Logger LOG = LoggerFactory.getLogger(RunThreads.class);

  private RunThreads() {}

  /**
   * A thread a run, virtual where the JDK has them; the claim limits their number. Not Camel's to
   * shut down: it would wait another 10 s for a run that sleeps.
   */
  static ExecutorService of(Configuration configuration) {
    try {
      // since 21; the class files are for 17
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException e) {
      String tooMany = configuration.threadWarning(Runtime.version().feature());
      if (tooMany != null) {
        LOG.warn(tooMany);
      }
      return Executors.newCachedThreadPool(
          new CamelThreadFactory("Camel Thread ##counter# - #name#", "backup-run", true));
    }
  }
}
