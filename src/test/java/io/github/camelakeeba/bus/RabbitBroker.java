package io.github.camelakeeba.bus;

import static org.awaitility.Awaitility.await;

import io.github.camelakeeba.product.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A real RabbitMQ with AMQP 1.0 and MQTT, in a process of its own on 127.0.0.1: the server of the
 * Debian package {@code rabbitmq-server}, with ports, name, data and log of the test. Not the
 * package's service, which need not run.
 */
public final class RabbitBroker implements AmqpBroker {
  private static final Path SERVER = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");
  private static final Duration TIME_TO_START = Duration.ofMinutes(2);

  private final Path folder;
  private final int amqp = Ports.free();
  private final int mqtt = Ports.free();
  private final int distribution = Ports.free();
  private final int names = Ports.free();
  private final Path log;
  private final Process epmd;
  private Process server;

  private RabbitBroker(Path folder) throws IOException {
    this.folder = folder;
    this.log = folder.resolve("broker.log");
    // else the server starts one that nobody ends
    this.epmd =
        quiet(new ProcessBuilder("epmd", "-port", "" + names, "-address", "127.0.0.1")).start();
  }

  /**
   * Starts one.
   *
   * @param queues durable queues: those that RabbitMQ itself makes for AMQP 1.0 are lost at its end
   * @param topics of MQTT, with slashes, by the queue that keeps what is published to them
   */
  public static RabbitBroker start(Path folder, List<String> queues, Map<String, String> topics)
      throws IOException {
    if (!Files.isExecutable(SERVER)) {
      throw new IllegalStateException(
          SERVER + " is not there: apt-get install rabbitmq-server, as .ci/run does");
    }
    RabbitBroker broker = new RabbitBroker(folder);
    try {
      broker.configure(queues, topics);
      broker.restart();
      return broker;
    } catch (IOException | RuntimeException e) {
      broker.epmd.destroyForcibly();
      throw e;
    }
  }

  private void configure(List<String> queues, Map<String, String> topics) throws IOException {
    Files.writeString(folder.resolve("plugins"), "[rabbitmq_amqp1_0,rabbitmq_mqtt].\n");
    Files.writeString(
        folder.resolve("rabbitmq.conf"),
        """
        listeners.tcp.1 = 127.0.0.1:%d
        mqtt.listeners.tcp.1 = 127.0.0.1:%d
        load_definitions = %s
        disk_free_limit.absolute = 10MB
        """
            .formatted(amqp, mqtt, folder.resolve("definitions.json")));
    Files.writeString(
        folder.resolve("definitions.json"),
        """
        {"vhosts": [{"name": "/"}],
         "users": [{"name": "%1$s", "password": "%2$s", "tags": "administrator"}],
         "permissions": [{"user": "%1$s", "vhost": "/", "configure": ".*", "write": ".*", "read": ".*"}],
         "queues": [%3$s],
         "bindings": [%4$s]}
        """
            .formatted(
                USER,
                PASSWORD,
                queues.stream().map(RabbitBroker::queue).collect(Collectors.joining(",")),
                topics.entrySet().stream()
                    .map(one -> binding(one.getKey(), one.getValue()))
                    .collect(Collectors.joining(","))));
  }

  private static String queue(String name) {
    return "{\"name\": \"%s\", \"vhost\": \"/\", \"durable\": true, \"auto_delete\": false, \"arguments\": {}}"
        .formatted(name);
  }

  /** RabbitMQ writes the topic {@code a/b} of MQTT as the key {@code a.b} of amq.topic. */
  private static String binding(String topic, String queue) {
    return """
    {"source": "amq.topic", "vhost": "/", "destination": "%s", "destination_type": "queue", "routing_key": "%s", "arguments": {}}
    """
        .formatted(queue, topic.replace('/', '.'));
  }

  private static ProcessBuilder quiet(ProcessBuilder builder) {
    return builder
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD);
  }

  @Override
  public void restart() throws IOException {
    Files.deleteIfExists(log);
    ProcessBuilder builder =
        new ProcessBuilder(SERVER.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .directory(folder.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("RABBITMQ_") || name.startsWith("ERL_"));
    environment.put("HOME", folder.toString()); // the cookie of Erlang
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("ERL_EPMD_PORT", "" + names);
    environment.put("ERL_EPMD_ADDRESS", "127.0.0.1");
    environment.put("RABBITMQ_CONF_ENV_FILE", folder.resolve("none").toString());
    environment.put("RABBITMQ_CONFIG_FILE", folder.resolve("rabbitmq.conf").toString());
    environment.put("RABBITMQ_ENABLED_PLUGINS_FILE", folder.resolve("plugins").toString());
    environment.put("RABBITMQ_NODENAME", "backup-test-" + amqp + "@localhost");
    environment.put("RABBITMQ_MNESIA_BASE", folder.resolve("data").toString());
    environment.put("RABBITMQ_LOG_BASE", folder.resolve("log").toString());
    environment.put("RABBITMQ_DIST_PORT", "" + distribution);
    environment.put(
        "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS",
        "-kernel inet_dist_use_interface {127,0,0,1} +S 1:1 +sbwt none");
    server = builder.start();
    await()
        .atMost(TIME_TO_START)
        .pollInterval(Duration.ofMillis(100))
        .failFast("RabbitMQ ended; broker.log says why", () -> !server.isAlive())
        .until(() -> said().contains("completed with"));
  }

  private String said() {
    try {
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String amqpUrl() {
    return "amqp://127.0.0.1:%d?jms.queuePrefix=/amq/queue/&jms.topicPrefix=/topic/"
        .formatted(amqp);
  }

  @Override
  public String mqttUrl() {
    return "tcp://127.0.0.1:" + mqtt;
  }

  /** Kills it, with the processes that it has started. */
  @Override
  public void stop() throws InterruptedException {
    List<ProcessHandle> all = server.descendants().toList();
    all.forEach(ProcessHandle::destroyForcibly);
    server.destroyForcibly().waitFor();
    for (ProcessHandle one : all) {
      await().atMost(Duration.ofSeconds(30)).until(() -> !one.isAlive());
    }
  }

  @Override
  public void close() throws Exception {
    stop();
    epmd.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
  }
}
