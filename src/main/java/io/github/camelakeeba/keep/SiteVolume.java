package io.github.camelakeeba.keep;

import io.github.camelakeeba.akeeba.client.FailureTranslator;
import io.github.camelakeeba.archive.DownloadStream;
import io.github.camelakeeba.archive.FileDownload;
import io.github.camelakeeba.archive.format.Volume;
import io.github.camelakeeba.config.ApiEndpoint;
import java.io.InputStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;

/**
 * A file of an archive on its site: fetched by {@code direct:akeeba-download-file}, as a download
 * is, by a thread of its own while it is read.
 */
final class SiteVolume implements Volume {
  private final CamelContext context;
  private final FailureTranslator failures;
  private final ApiEndpoint endpoint;
  private final FileDownload file;

  SiteVolume(
      CamelContext context, FailureTranslator failures, ApiEndpoint endpoint, FileDownload file) {
    this.context = context;
    this.failures = failures;
    this.endpoint = endpoint;
    this.file = file;
  }

  @Override
  public String name() {
    return file.name();
  }

  @Override
  public long size() {
    return file.size();
  }

  @Override
  public InputStream open() {
    DownloadStream stream = new DownloadStream();
    Exchange exchange = new DefaultExchange(context);
    exchange.setVariable("akeeba-site", file.site());
    exchange.setVariable("akeeba-endpoint", endpoint);
    exchange.getMessage().setBody(file.into(stream));
    Thread thread = new Thread(() -> fetch(exchange, stream), "backup-stream-archive");
    thread.setDaemon(true);
    thread.start();
    return stream;
  }

  private void fetch(Exchange exchange, DownloadStream stream) {
    Exception failure = new IllegalStateException("it broke off"); // an error, else replaced
    try (ProducerTemplate template = context.createProducerTemplate()) {
      Exchange done = template.send("direct:akeeba-download-file", exchange);
      failure = done.getException() == null ? null : failures.translate(done.getException());
    } catch (Exception e) {
      failure = failures.translate(e);
    } finally {
      stream.end(failure);
    }
  }
}
