package io.github.camelakeeba.s3;

import org.apache.camel.Consumer;
import org.apache.camel.PollingConsumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.support.DefaultEndpoint;

/** A folder of a bucket. */
@UriEndpoint(
    scheme = "s3",
    syntax = "s3:bucket/prefix",
    title = "Archives in a bucket",
    producerOnly = true)
public final class S3Endpoint extends DefaultEndpoint {
  private final S3Options options;

  S3Endpoint(String uri, S3Component component, S3Options options) {
    super(uri, component);
    this.options = options;
  }

  private Bucket bucket() {
    return new Bucket(
        ((S3Clients) ((S3Component) getComponent()).clients()).of(options.account()), options);
  }

  @Override
  public Producer createProducer() {
    return new S3Producer(this, bucket(), options);
  }

  @Override
  public PollingConsumer createPollingConsumer() {
    return new S3PollingConsumer(this, bucket(), options);
  }

  @Override
  public Consumer createConsumer(Processor processor) {
    throw new UnsupportedOperationException("nothing can be consumed from 's3'; it can be polled");
  }
}
