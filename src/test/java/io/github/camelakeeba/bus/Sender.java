package io.github.camelakeeba.bus;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;

/** Camel as a user sets it up in an application.properties, and sends with it. */
final class Sender implements AutoCloseable {
  private final Main main = new Main();
  private final ProducerTemplate template;

  /** Starts it with these lines. */
  Sender(Path folder, String properties) throws Exception {
    Path file = Files.writeString(folder.resolve("application.properties"), properties);
    main.setDefaultPropertyPlaceholderLocation("false");
    main.setPropertyPlaceholderLocations("file:" + file);
    main.configure().setJmxEnabled(false);
    main.start();
    template = main.getCamelContext().createProducerTemplate();
  }

  /** Sends one message; throws what it fails of. */
  void send(String uri, String body) {
    template.sendBodyAndHeaders(uri, body, Map.of("region", "eu"));
  }

  /** How long it takes until sending fails; it must fail. */
  Duration failure(String uri) {
    long start = System.nanoTime();
    try {
      send(uri, "lost");
    } catch (CamelExecutionException e) {
      return Duration.ofNanos(System.nanoTime() - start);
    }
    throw new AssertionError("it was sent: " + uri);
  }

  @Override
  public void close() {
    main.stop();
  }
}
