package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

class VirtualThreadsTest {
  @TempDir Path folder;

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void a_run_has_a_virtual_thread_of_its_own_where_the_jdk_has_them() throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET);
      product.site("shop", shop.url()).start();

      ExecutorService runs =
          product
              .service()
              .context()
              .getRegistry()
              .lookupByNameAndType("backup-run-threads", ExecutorService.class);

      // the class files are for 17, where the method is not there
      Object isVirtual =
          runs.submit(() -> Thread.class.getMethod("isVirtual").invoke(Thread.currentThread()))
              .get();
      assertThat(isVirtual).isEqualTo(true);
    }
  }
}
