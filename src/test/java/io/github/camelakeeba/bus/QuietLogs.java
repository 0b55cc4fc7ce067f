package io.github.camelakeeba.bus;

import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * Keeps what a server of the tests tells of itself out of the log; clients log as the product does.
 */
final class QuietLogs {
  private static final List<String> SERVERS =
      List.of(
          "kafka",
          "org.apache.kafka.controller",
          "org.apache.kafka.server",
          "org.apache.activemq.artemis.core.server",
          "org.apache.activemq.audit",
          "state.change.logger",
          "org.apache.sshd");

  private QuietLogs() {}

  /** From now on they tell errors only. */
  static void servers() {
    SERVERS.forEach(name -> Configurator.setLevel(name, Level.ERROR));
  }
}
