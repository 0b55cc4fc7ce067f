package io.github.camelakeeba.cli;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.CamelContext;

/** One thread a run: a virtual one where the JDK has them; how many there are, the claim limits. */
final class RunThreads {
  private RunThreads() {}

  /** Camel's own switch is for all its threads, and is read before our properties are. */
  static ExecutorService of(CamelContext context) {
    try {
      // since 21; the class files are for 17
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException e) {
      return context
          .getExecutorServiceManager()
          .newCachedThreadPool(RunThreads.class, "backup-run");
    }
  }
}
