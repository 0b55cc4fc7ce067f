package io.github.camelakeeba.keep;

import io.github.camelakeeba.secret.Secret;
import java.io.File;
import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;
import org.slf4j.MDC;

/** A file's transfer in its own thread and exchange: a caller can stop waiting for the endpoint. */
final class FileTransfer {
  private final File file;
  private final String uri;
  private final boolean streamed;
  private final Map<String, Object> headers;
  private final CompletableFuture<Exchange> result = new CompletableFuture<>();
  private volatile boolean cancelled;
  private Thread thread;

  private FileTransfer(File file, String uri, Map<String, Object> headers) {
    this.file = file;
    this.uri = uri;
    this.headers = headers;
    this.streamed = uri.matches("(file|ftps?|sftp):.*");
  }

  static FileTransfer start(File file, Secret uri, Map<String, Object> headers, Exchange exchange) {
    FileTransfer transfer = new FileTransfer(file, uri.reveal(), headers);
    Map<String, String> loggingContext = MDC.getCopyOfContextMap();
    Exchange own = new DefaultExchange(exchange.getContext());
    transfer.thread =
        new Thread(
            () -> {
              if (loggingContext != null) {
                MDC.setContextMap(loggingContext);
              }
              transfer.send(own);
            },
            "backup-deliver-archive");
    transfer.thread.setDaemon(true);
    transfer.thread.start();
    return transfer;
  }

  /** Not by a route: a file of gigabytes must be in no stream cache. */
  private void send(Exchange own) {
    try (ProducerTemplate template = own.getContext().createProducerTemplate()) {
      own.getMessage().setHeader(Exchange.FILE_NAME, file.getName());
      headers.forEach(own.getMessage()::setHeader);
      own.getMessage().setBody(streamed ? new CancellableInput(new FileInputStream(file)) : file);
      result.complete(template.send(address(), own));
    } catch (IOException | RuntimeException e) {
      result.completeExceptionally(e);
    } finally {
      result.completeExceptionally(
          new IllegalStateException("it broke off")); // an error, else done
    }
  }

  /** With which a file gets its name there only once it is whole. */
  private String address() {
    return streamed && !uri.matches(".*[?&]temp(Prefix|FileName)=.*")
        ? ArchiveDelivery.with(uri, "tempPrefix=.part-")
        : uri;
  }

  /** The exchange once it is sent, or null while it is under way after so many milliseconds. */
  Exchange await(long millis) throws Exception {
    try {
      return result.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return null;
    }
  }

  /** Breaks off at the next byte that is read of the file. */
  void cancel() {
    cancelled = true;
    if (!streamed) {
      thread.interrupt(); // the endpoint reads the file by itself
    }
  }

  private final class CancellableInput extends FilterInputStream {
    CancellableInput(InputStream in) {
      super(in);
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
      if (cancelled) {
        throw new IOException("the run has ended meanwhile");
      }
    }
  }
}
