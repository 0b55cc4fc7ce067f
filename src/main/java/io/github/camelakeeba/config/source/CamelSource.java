package io.github.camelakeeba.config.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelakeeba.secret.ComponentKit;
import io.github.camelakeeba.secret.EndpointSecrets;
import io.github.camelakeeba.secret.UntrustedText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collection;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * A list by any Camel endpoint: one message of what it consumes, or the answer of one that only
 * produces. In a context of its own, since the program's has not started when its configuration is
 * read, and commands start none.
 */
final class CamelSource {
  private CamelSource() {}

  static SourceContent read(SourceRequest request) throws SourceUnavailableException {
    EndpointSecrets.register(request.from());
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      camel.disableJMX();
      camel.getCamelContextExtension().setName("backup-source");
      camel.setStartupSummaryLevel(StartupSummaryLevel.Off);
      camel.setLoadTypeConverters(true);
      camel.start();
      return read(camel, request);
    } catch (NoSuchEndpointException e) {
      throw new SourceUnavailableException(
          "there is no component of this name; "
              + ComponentKit.howToAddComponent(request.from().reveal().replaceFirst("(?s):.*", "")),
          e);
    } catch (IOException | RuntimeException e) {
      throw failed(request, e);
    }
  }

  private static SourceUnavailableException failed(SourceRequest request, Throwable failure) {
    String cause = UntrustedText.rootCause(failure);
    String scheme = request.from().reveal().replaceFirst("(?s):.*", ":");
    // the endpoint is written as a secret, and so is not repeated
    return new SourceUnavailableException(
        "it failed: " + (cause.contains(scheme) ? failure.getClass().getSimpleName() : cause),
        failure);
  }

  private static SourceContent read(DefaultCamelContext camel, SourceRequest request)
      throws SourceUnavailableException, IOException {
    Endpoint endpoint = camel.getEndpoint(untouched(request.from().reveal()));
    if (onlyProduces(camel, request.from().reveal())) {
      return content(request, camel.createProducerTemplate().request(endpoint, exchange -> {}));
    }
    ConsumerTemplate consumer = camel.createConsumerTemplate();
    Exchange received = consumer.receive(endpoint, request.timeout().toMillis());
    if (received == null) {
      throw new SourceUnavailableException("it gave nothing in time");
    }
    try {
      return content(request, received);
    } finally {
      consumer.doneUoW(received);
    }
  }

  /** A file that is read stays where it is, unless the URI says what becomes of it. */
  private static String untouched(String uri) {
    boolean files = uri.matches("(?s)(file|ftp|ftps|sftp):.*");
    return !files || uri.matches("(?s).*[?&](noop|delete|move)=.*")
        ? uri
        : uri + (uri.contains("?") ? "&" : "?") + "noop=true";
  }

  private static boolean onlyProduces(DefaultCamelContext camel, String uri) throws IOException {
    String schema = camel.getComponentParameterJsonSchema(uri.replaceFirst("(?s):.*", ""));
    return schema != null && schema.matches("(?s).*\"producerOnly\"\\s*:\\s*true.*");
  }

  private static SourceContent content(SourceRequest request, Exchange exchange)
      throws SourceUnavailableException, IOException {
    if (exchange.getException() != null) {
      throw failed(request, exchange.getException());
    }
    Message message = exchange.getMessage();
    Object body = message.getBody();
    if (body instanceof Collection<?> rows) {
      // the answer of a database
      return new SourceContent(json(rows), "application/json", null, Instant.now());
    }
    try (InputStream in =
        body instanceof byte[] bytes
            ? new ByteArrayInputStream(bytes)
            : message.getBody(InputStream.class)) {
      if (in == null) {
        throw new SourceUnavailableException("it gave a message without a body");
      }
      return new SourceContent(
          FileSource.bounded(in),
          message.getHeader(Exchange.CONTENT_TYPE, String.class),
          message.getHeader(Exchange.FILE_NAME, String.class),
          Instant.now());
    }
  }

  private static byte[] json(Collection<?> rows) throws SourceUnavailableException {
    try {
      byte[] bytes = new ObjectMapper().findAndRegisterModules().writeValueAsBytes(rows);
      if (bytes.length > SourceContent.MAX_BYTES) {
        throw new SourceUnavailableException("its rows are too many");
      }
      return bytes;
    } catch (JsonProcessingException e) {
      throw new SourceUnavailableException("its rows hold what is no text and no number", e);
    }
  }
}
