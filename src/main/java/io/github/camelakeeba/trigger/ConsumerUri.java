package io.github.camelakeeba.trigger;

import io.github.camelakeeba.config.Trigger;
import io.github.camelakeeba.trigger.message.OptionalComponents;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.jms.JmsEndpoint;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.component.servlet.ServletEndpoint;

/** A trigger's URI with the options that keep messages safe and whole; what the user wrote wins. */
final class ConsumerUri {
  /** Measured with camel-kafka 4.22.0; milliseconds. */
  private static final Map<String, String> KAFKA =
      Map.ofEntries(
          // for KafkaOffsetCommitter
          Map.entry("autoCommitEnable", "false"),
          Map.entry("allowManualCommit", "true"),
          Map.entry(
              "kafkaManualCommitFactory",
              "%23class:org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommitFactory"),
          // a record that failed is read again
          Map.entry("breakOnFirstError", "true"),
          Map.entry("autoOffsetReset", "earliest"),
          // a record is held as long as the store is away: that must not look like a dead consumer
          Map.entry("maxPollIntervalMs", "86400000"),
          Map.entry("sessionTimeoutMs", "10000"),
          Map.entry("reconnectBackoffMaxMs", "10000"),
          Map.entry("pollTimeoutMs", "1000"),
          // the service stops within 10 s
          Map.entry("shutdownTimeout", "2000"),
          Map.entry("preValidateHostAndPort", "false"));

  private ConsumerUri() {}

  /** Throws what Camel throws when it is no endpoint. */
  static String of(CamelContext context, Trigger trigger) {
    String uri = trigger.from().reveal();
    Endpoint endpoint = context.getEndpoint(uri);
    if (OptionalComponents.JMS && endpoint instanceof JmsEndpoint jms) {
      return with(uri, jms(uri, jms));
    }
    if (endpoint instanceof GenericFileEndpoint<?>) {
      return with(uri, files(uri, endpoint instanceof FileEndpoint));
    }
    if (OptionalComponents.KAFKA && endpoint instanceof KafkaEndpoint) {
      return with(uri, KAFKA);
    }
    if (OptionalComponents.SERVLET && endpoint instanceof ServletEndpoint) {
      return with(uri, Map.of("httpMethodRestrict", "POST"));
    }
    return uri;
  }

  private static Map<String, String> jms(String uri, JmsEndpoint jms) {
    Map<String, String> options = new LinkedHashMap<>();
    if (!has(uri, "transacted") && !jms.isTransacted()) {
      // else the listener acknowledges a message before it hands it over: a kill then loses it
      options.put("transacted", "true");
      options.put("lazyCreateTransactionManager", "false");
    }
    if (!has(uri, "cacheLevel")) {
      // with a transaction Spring's default is to connect anew for each message
      options.put("cacheLevelName", "CACHE_CONSUMER");
    }
    // the message itself: nothing in it is turned into an object
    options.put("mapJmsMessage", "false");
    options.put("errorHandlerLoggingLevel", "DEBUG");
    return options;
  }

  private static Map<String, String> files(String uri, boolean local) {
    Map<String, String> options = new LinkedHashMap<>();
    if (!has(uri, "delete") && !has(uri, "noop")) {
      options.put("move", "done");
    }
    options.put("moveFailed", "refused");
    // in a folder of this machine InboxFilter decides when a file is whole
    if (!local && !has(uri, "readLock") && !has(uri, "doneFileName")) {
      options.put("readLock", "changed");
      options.put("readLockMinAge", "1000");
      options.put("readLockMinLength", "0");
    }
    return options;
  }

  private static boolean has(String uri, String option) {
    return uri.contains("?" + option + "=") || uri.contains("&" + option + "=");
  }

  private static String with(String uri, Map<String, String> options) {
    StringBuilder whole = new StringBuilder(uri);
    options.forEach(
        (option, value) -> {
          if (!has(uri, option)) {
            whole.append(whole.indexOf("?") < 0 ? '?' : '&').append(option + "=" + value);
          }
        });
    return whole.toString();
  }
}
