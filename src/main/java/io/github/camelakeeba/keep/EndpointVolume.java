package io.github.camelakeeba.keep;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.archive.format.BrokenArchiveException;
import io.github.camelakeeba.archive.format.Volume;
import io.github.camelakeeba.exchange.JvmErrors;
import io.github.camelakeeba.s3.OtherContentException;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.secret.UntrustedText;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import org.apache.camel.CamelContext;
import org.apache.camel.ConsumerTemplate;
import org.apache.camel.Exchange;
import org.apache.camel.WrappedFile;

/** A file of an archive at the endpoint that it was transferred to, read as it comes. */
final class EndpointVolume implements Volume {
  private static final long TIMEOUT_MILLIS = 60_000; // until the first byte

  private final CamelContext context;
  private final String name;
  private final Secret uri;
  private final String location;

  /**
   * Of one file.
   *
   * @param uri finds this file alone
   * @param location the endpoint without its secrets
   */
  EndpointVolume(CamelContext context, String name, Secret uri, String location) {
    this.context = context;
    this.name = name;
    this.uri = uri;
    this.location = location;
  }

  @Override
  public String name() {
    return name;
  }

  /** Nobody has asked the endpoint. */
  @Override
  public long size() {
    return -1;
  }

  @Override
  public InputStream open() throws IOException {
    ConsumerTemplate template = context.createConsumerTemplate(0);
    try {
      Exchange exchange = template.receive(uri.reveal(), TIMEOUT_MILLIS);
      if (exchange == null) {
        throw new IOException("no answer within %s s".formatted(TIMEOUT_MILLIS / 1000));
      }
      InputStream bytes = bytes(exchange);
      if (bytes != null) {
        return new FilterInputStream(bytes) {
          private boolean closed;

          @Override
          public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
          }

          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
              return super.read(buffer, offset, length);
            } catch (OtherContentException e) {
              throw new BrokenArchiveException(
                  "The file %s is not what was stored in %s: its checksum is another.",
                  name, location);
            }
          }

          @Override
          public void close() throws IOException {
            if (!closed) {
              closed = true;
              super.close();
              template.doneUoW(exchange);
              template.stop();
            }
          }
        };
      }
    } catch (IOException | RuntimeException e) {
      template.stop();
      JvmErrors.rethrowJvmError(e);
      throw new IOException(failure(e));
    }
    template.stop();
    throw new NoSuchFileException(location + "/" + name);
  }

  private InputStream bytes(Exchange exchange) throws IOException {
    if (exchange.getException() != null) {
      throw new IOException(exchange.getException());
    }
    Object body = exchange.getMessage().getBody();
    Object content =
        body instanceof WrappedFile<?> file && file.getBody() != null ? file.getBody() : body;
    if (content == null) {
      return null;
    }
    InputStream bytes =
        exchange.getContext().getTypeConverter().convertTo(InputStream.class, exchange, content);
    if (bytes == null) {
      throw new IOException("it gives no bytes");
    }
    return bytes;
  }

  private AkeebaException failure(Exception e) {
    AkeebaException known = ArchiveDelivery.known(e);
    return known != null
        ? known
        : new AkeebaException(
            ErrorKind.UNREACHABLE,
            "%s/%s can't be read: %s."
                .formatted(
                    location,
                    name,
                    UntrustedText.rootCause(e)
                        .replace(uri.reveal(), "***")
                        .replaceFirst("[. ]+$", "")));
  }
}
