package io.github.camelakeeba.secret;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComponentKitTest {
  @ParameterizedTest
  @CsvSource({
    "kafka, kafka",
    "jms, jms",
    "amqp, jms",
    "ftp, ftp",
    "ftps, ftp",
    "sftp, ftp",
    "s3, s3"
  })
  void a_component_that_is_missing_names_its_kit(String component, String kit) {
    assertThat(ComponentKit.howToAddComponent(component))
        .isEqualTo(
            "put its jar, and those that it needs (all are in the kit %s), into lib/"
                .formatted(kit));
  }

  @Test
  void one_that_no_kit_has_names_none() {
    assertThat(ComponentKit.howToAddComponent("nats"))
        .isEqualTo("put its jar, and those that it needs, into lib/");
    assertThat(ComponentKit.howToAddClass("com.example.Orders")).doesNotContain("kit");
  }

  /** Those that docs/how-to/notify-a-bus.md has in application.properties. */
  @ParameterizedTest
  @CsvSource({
    "org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory, jms",
    "org.messaginghub.pooled.jms.JmsPoolConnectionFactory, jms",
    "org.apache.qpid.jms.JmsConnectionFactory, jms",
    "org.apache.camel.component.jms.JmsComponent, jms",
    "org.apache.camel.component.kafka.KafkaComponent, kafka",
    "software.amazon.awssdk.services.s3.S3Client, s3"
  })
  void a_class_that_is_missing_names_its_kit(String type, String kit) {
    assertThat(ComponentKit.howToAddClass(type)).contains("(all are in the kit %s)".formatted(kit));
  }
}
