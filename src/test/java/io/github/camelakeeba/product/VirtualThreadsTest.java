package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.simulator.SimulatedSite;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSendingEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

class VirtualThreadsTest {
  @TempDir Path folder;

  /** Notes for each step call whether its thread is virtual. */
  private static final class StepThreads extends EventNotifierSupport {
    private final List<Object> virtual = new CopyOnWriteArrayList<>();

    @Override
    public void notify(CamelEvent event) throws ReflectiveOperationException {
      if (event instanceof ExchangeSendingEvent sending
          && sending.getEndpoint().getEndpointUri().equals("direct://akeeba-step-backup")) {
        // the class files are for 17, where the method is not there
        virtual.add(Thread.class.getMethod("isVirtual").invoke(Thread.currentThread()));
      }
    }
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void a_run_has_a_virtual_thread_of_its_own_where_the_jdk_has_them() throws Exception {
    try (RunningProduct product = new RunningProduct(folder)) {
      SimulatedSite shop = product.server().joomla("shop").secret(RunningProduct.SECRET);
      product.site("shop", shop.url()).start();
      StepThreads threads = new StepThreads();
      threads.start();
      product.service().context().getManagementStrategy().addEventNotifier(threads);

      product.backup("shop");

      assertThat(threads.virtual).isNotEmpty().containsOnly(true);
    }
  }
}
