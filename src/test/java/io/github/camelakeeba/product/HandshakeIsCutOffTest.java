package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.simulator.Fault;
import io.github.camelakeeba.simulator.SimulatedServer;
import io.github.camelakeeba.simulator.SimulatedSite;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that has lost its web server hangs up within the TLS handshake. */
@Tag("fault")
class HandshakeIsCutOffTest {
  @TempDir Path folder;

  @Test
  void in_mid_run_the_step_was_never_sent_and_is_sent_after_a_look() throws Exception {
    try (RunningProduct product = new RunningProduct(folder);
        SimulatedServer secure = SimulatedServer.start(TestCertificate.context(folder));
        Gateway gateway = new Gateway(secure.address())) {
      SimulatedSite shop = secure.joomla("shop").secret(RunningProduct.SECRET).steps(10);
      Fault last = Fault.on("stepBackup").nth(4).header("Connection", "close");
      shop.fault(last.jsonRewrite(answer -> hangUp(gateway, answer)));
      product.site("shop", through(gateway, shop), "ca: " + TestCertificate.PEM).start();

      Event.Data told = product.backup("shop").data();

      assertThat(told.state()).as("%s", told.error()).isEqualTo("completed");
      assertThat(told.attempts()).isEqualTo(1);
      assertThat(told.recoveries()).isEqualTo(1);
      assertThat(told.warnings().texts()).isEmpty();
      assertThat(shop.requests("stepBackup")).hasSize(10);
      assertThat(shop.archiveBroken(told.recordId())).isFalse();
      assertThat(shop.violations()).isEmpty();
    }
  }

  @Test
  void at_first_contact_it_is_asked_again_and_no_certificate_is_blamed() throws Exception {
    try (RunningProduct product = new RunningProduct(folder);
        SimulatedServer secure = SimulatedServer.start(TestCertificate.context(folder));
        Gateway gateway = new Gateway(secure.address())) {
      SimulatedSite shop = secure.joomla("shop").secret(RunningProduct.SECRET);
      gateway.hangUp(3);
      product.site("shop", through(gateway, shop), "ca: " + TestCertificate.PEM).start();

      Event.Data told = product.backup("shop").data();

      assertThat(told.error().kind()).isEqualTo("unreachable");
      assertThat(told.error().message())
          .startsWith("No connection to 127.0.0.1 (")
          .doesNotContain("certificate");
      assertThat(gateway.hungUp()).isEqualTo(3);
      assertThat(shop.requests()).isEmpty();
    }
  }

  @Test
  void what_breaks_after_the_handshake_is_a_lost_answer_as_without_TLS() throws Exception {
    try (RunningProduct product = new RunningProduct(folder);
        SimulatedServer secure = SimulatedServer.start(TestCertificate.context(folder))) {
      SimulatedSite shop = secure.joomla("shop").secret(RunningProduct.SECRET).steps(10);
      shop.fault(Fault.on("stepBackup").nth(2).answerLost());
      shop.fault(Fault.on("stepBackup").nth(4).truncate());
      shop.fault(Fault.on("stepBackup").nth(6).closeWithoutAnswer().afterTheWork());
      shop.fault(Fault.on("stepBackup").nth(8).truncateChunks());
      product.site("shop", shop.url(), "ca: " + TestCertificate.PEM).start();

      Event.Data told = product.backup("shop").data();

      assertThat(told.state()).as("%s", told.error()).isEqualTo("completed");
      assertThat(told.attempts()).isEqualTo(1);
      assertThat(told.recoveries()).isEqualTo(4);
      assertThat(shop.requests("stepBackup")).hasSize(10);
      assertThat(shop.archiveBroken(told.recordId())).isFalse();
      assertThat(shop.violations()).isEmpty();
    }
  }

  private static ObjectNode hangUp(Gateway gateway, ObjectNode answer) {
    gateway.hangUp(1);
    return answer;
  }

  private static URI through(Gateway gateway, SimulatedSite shop) {
    return URI.create(shop.url().toString().replaceFirst(":\\d+/", ":" + gateway.port() + "/"));
  }
}
