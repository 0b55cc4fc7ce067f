package io.github.camelakeeba.archive;

import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;
import org.slf4j.MDC;

/**
 * A file on its way to an endpoint, in a thread and on an exchange of its own: whoever waits for it
 * can stop waiting, however long the endpoint takes.
 */
public final class Transfer {
  private final HandingOn.Delivery delivery;
  private final AtomicBoolean givenUp = new AtomicBoolean();
  private final CompletableFuture<Exchange> sent = new CompletableFuture<>();
  private boolean seen;

  private Transfer(HandingOn.Delivery delivery) {
    this.delivery = delivery;
  }

  /** Sends it by the route {@code backup-hand-on-file}. */
  static Transfer begin(HandingOn.Delivery delivery, Exchange exchange) {
    Transfer transfer = new Transfer(delivery);
    Map<String, String> about = MDC.getCopyOfContextMap();
    Exchange own = new DefaultExchange(exchange.getContext());
    own.getMessage().setBody(transfer);
    Thread thread =
        new Thread(
            () -> {
              if (about != null) {
                MDC.setContextMap(about);
              }
              transfer.send(own);
            },
            "backup-hand-on");
    thread.setDaemon(true);
    thread.start();
    return transfer;
  }

  private void send(Exchange own) {
    try (ProducerTemplate template = own.getContext().createProducerTemplate()) {
      sent.complete(template.send("direct:backup-hand-on-file", own));
    } catch (IOException | RuntimeException e) {
      sent.completeExceptionally(e);
    } finally {
      sent.completeExceptionally(new IllegalStateException("it broke off")); // an error, else done
    }
  }

  /** Whether somebody has still to see what becomes of it. */
  public boolean open() {
    return !seen;
  }

  /** It is there. */
  Transfer seen() {
    seen = true;
    return this;
  }

  /** What becomes of it. */
  CompletableFuture<Exchange> sent() {
    return sent;
  }

  /** Nobody waits for it any more: it breaks off at the next byte that is read of the file. */
  void giveUp() {
    givenUp.set(true);
  }

  /** The file's name there. */
  public String name() {
    return delivery.name();
  }

  /** The endpoint's URI in clear, for the call itself only. */
  public String address() {
    return delivery.address();
  }

  /** The file; where files are sent byte by byte, its bytes. Throws when it can't be read. */
  public Object content() throws IOException {
    return delivery.isFileTransfer()
        ? new Bytes(new FileInputStream(delivery.file()), givenUp)
        : delivery.file();
  }

  private static final class Bytes extends FilterInputStream {
    private final AtomicBoolean givenUp;

    Bytes(InputStream in, AtomicBoolean givenUp) {
      super(in);
      this.givenUp = givenUp;
    }

    @Override
    public int read() throws IOException {
      goOn();
      return super.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      goOn();
      return super.read(bytes, offset, length);
    }

    private void goOn() throws IOException {
      if (givenUp.get()) {
        throw new IOException("the run has ended meanwhile");
      }
    }
  }
}
