package io.github.camelakeeba.keep;

import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;
import org.slf4j.MDC;

/**
 * A file on its way to an endpoint, in a thread and on an exchange of its own: whoever waits for it
 * can stop waiting, however long the endpoint takes.
 */
public final class FileTransfer {
  private final ArchiveDelivery.FileDelivery delivery;
  private final AtomicBoolean cancelled = new AtomicBoolean();
  private final CompletableFuture<Exchange> result = new CompletableFuture<>();

  private FileTransfer(ArchiveDelivery.FileDelivery delivery) {
    this.delivery = delivery;
  }

  /** Begins to send it. */
  static FileTransfer start(ArchiveDelivery.FileDelivery delivery, Exchange exchange) {
    FileTransfer transfer = new FileTransfer(delivery);
    Map<String, String> about = MDC.getCopyOfContextMap();
    Exchange own = new DefaultExchange(exchange.getContext());
    Thread thread =
        new Thread(
            () -> {
              if (about != null) {
                MDC.setContextMap(about);
              }
              transfer.send(own);
            },
            "backup-deliver-archive");
    thread.setDaemon(true);
    thread.start();
    return transfer;
  }

  /** Not by a route: a file of gigabytes must be in no stream cache. */
  private void send(Exchange own) {
    try (ProducerTemplate template = own.getContext().createProducerTemplate()) {
      own.getMessage().setHeader(Exchange.FILE_NAME, delivery.name());
      own.getMessage().setBody(content());
      result.complete(template.send(delivery.address(), own));
    } catch (IOException | RuntimeException e) {
      result.completeExceptionally(e);
    } finally {
      result.completeExceptionally(
          new IllegalStateException("it broke off")); // an error, else done
    }
  }

  /** What has become of it, or null while it is under way after so many milliseconds. */
  Exchange await(long millis) throws Exception {
    try {
      return result.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return null;
    }
  }

  /** Nobody waits for it any more: it breaks off at the next byte that is read of the file. */
  void cancel() {
    cancelled.set(true);
  }

  /** The file; where files are sent byte by byte, its bytes. Throws when it can't be read. */
  private Object content() throws IOException {
    return delivery.isFileTransfer()
        ? new CancellableInput(new FileInputStream(delivery.file()), cancelled)
        : delivery.file();
  }

  private static final class CancellableInput extends FilterInputStream {
    private final AtomicBoolean cancelled;

    CancellableInput(InputStream in, AtomicBoolean givenUp) {
      super(in);
      this.cancelled = givenUp;
    }

    @Override
    public int read() throws IOException {
      checkNotCancelled();
      return super.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      checkNotCancelled();
      return super.read(bytes, offset, length);
    }

    private void checkNotCancelled() throws IOException {
      if (cancelled.get()) {
        throw new IOException("the run has ended meanwhile");
      }
    }
  }
}
