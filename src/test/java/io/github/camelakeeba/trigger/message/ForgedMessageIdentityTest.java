package io.github.camelakeeba.trigger.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.config.SignatureSettings;
import io.github.camelakeeba.config.Trigger;
import io.github.camelakeeba.secret.Secret;
import jakarta.jms.TextMessage;
import java.io.File;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** A message can't take the id of another transport's message, nor write lines into the log. */
class ForgedMessageIdentityTest {
  private static final String FORGED =
      "ID:1\n2026-11-26 02:00:00 ERROR all is lost \u001b[31m\u202e" + "x".repeat(10_000);

  /** Long enough that the hexadecimal digits of an exchange's id do not hold it by chance. */
  private static final long OFFSET = 7_171_717_171_717L;

  private final DefaultCamelContext context = new DefaultCamelContext();
  private final InboundMessageReader arrivals =
      new InboundMessageReader(
          Stream.of("one", "two")
              .map(ForgedMessageIdentityTest::trigger)
              .collect(Collectors.toMap(Trigger::name, Function.identity())));

  private static Trigger trigger(String name) {
    return new Trigger(
        name,
        new Secret("seda:in"),
        null,
        List.of(),
        Map.of(),
        SignatureSettings.NONE,
        null,
        null,
        Trigger.ReplyMode.ACCEPTED,
        Duration.ofMinutes(5),
        true,
        null,
        true);
  }

  private InboundMessage arrived(String trigger, Object body, Map<String, Object> headers) {
    try {
      Exchange exchange = context.getEndpoint("seda:in").createExchange();
      exchange.getMessage().setBody(body);
      exchange.getMessage().setHeaders(headers);
      return arrivals.read(trigger, exchange);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static TextMessage jms(String id, long time) {
    return (TextMessage)
        Proxy.newProxyInstance(
            ForgedMessageIdentityTest.class.getClassLoader(),
            new Class<?>[] {TextMessage.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getJMSMessageID" -> id;
                  case "getJMSTimestamp" -> time;
                  case "getText" -> "shop";
                  default -> null;
                });
  }

  @Test
  void a_header_of_another_transport_is_no_id() {
    for (Map<String, Object> headers :
        List.<Map<String, Object>>of(
            Map.of("JMSMessageID", "ID:1"),
            Map.of("jmsmessageid", "ID:1"),
            Map.of("CamelKafkaOffset", OFFSET, "CamelKafkaTopic", "t", "CamelKafkaPartition", 0),
            Map.of("JMSTimestamp", 1L))) {
      InboundMessage message = arrived("one", "shop", headers);
      assertThat(message.id()).as("%s", headers).startsWith("exchange:");
      assertThat(message.name()).as("%s", headers).doesNotContain("ID:1", "" + OFFSET);
    }
  }

  @Test
  void the_same_id_on_two_brokers_is_two_messages() {
    TextMessage message = jms("ID:1", 5);
    assertThat(arrived("one", message, Map.of()).id()).isEqualTo("jms:one/ID:1");
    assertThat(arrived("two", message, Map.of()).id()).isEqualTo("jms:two/ID:1");
    assertThat(arrived("one", jms(null, 5), Map.of("JMSMessageID", "ID:1")).id())
        .startsWith("jms-at:one/5/");
  }

  @Test
  void its_name_is_one_bounded_line_wherever_it_is_told() {
    GenericFile<File> file = new GenericFile<>();
    file.setRelativeFilePath(FORGED);
    file.setFile(new File("gone"));
    for (Object body : List.of(jms(FORGED, 1), file)) {
      assertThat(arrived("one", body, Map.of()).name())
          .hasSizeLessThanOrEqualTo(200)
          .doesNotContain("\n", "\u001b", "\u202e")
          .startsWith("ID:1 2026");
    }
  }
}
