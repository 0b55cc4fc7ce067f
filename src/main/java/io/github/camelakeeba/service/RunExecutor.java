package io.github.camelakeeba.service;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.util.concurrent.CamelThreadFactory;

/** One thread a run: a virtual one where the JDK has them; how many there are, the claim limits. */
final class RunExecutor {
  private RunExecutor() {}

  /**
   * Not Camel's to shut down: it would wait another 10 s for a run that sleeps. Its own switch for
   * virtual threads is for all its threads, and is read before our properties are.
   */
  static ExecutorService make() {
    try {
      // since 21; the class files are for 17
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException e) {
      return Executors.newCachedThreadPool(
          new CamelThreadFactory("Camel Thread ##counter# - #name#", "backup-run", true));
    }
  }
}
