package io.github.camelakeeba.trigger;

import io.github.camelakeeba.bus.AmqpBroker;
import io.github.camelakeeba.bus.ArtemisBroker;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** AMQP 1.0 with ActiveMQ Artemis: in transactions. */
@Tag("broker")
class ArtemisAmqpTest extends AmqpBrokerTest {
  @TempDir static Path data;
  private static ArtemisBroker broker;

  @BeforeAll
  static void startBroker() throws Exception {
    broker = ArtemisBroker.start(data);
  }

  @AfterAll
  static void stopBroker() throws Exception {
    broker.close();
  }

  @Override
  AmqpBroker broker() {
    return broker;
  }
}
