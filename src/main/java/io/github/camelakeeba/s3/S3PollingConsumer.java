package io.github.camelakeeba.s3;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.support.PollingConsumerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Reads the file that the URI names, or deletes it; an empty body where there is none. */
final class S3PollingConsumer extends PollingConsumerSupport {
  private static final Logger LOG = LoggerFactory.getLogger(S3PollingConsumer.class);
  private static final Duration NO_LIMIT = Duration.ofMinutes(2);

  private final Bucket bucket;
  private final S3Options options;

  S3PollingConsumer(S3Endpoint endpoint, Bucket bucket, S3Options options) {
    super(endpoint);
    this.bucket = bucket;
    this.options = options;
  }

  @Override
  public Exchange receive() {
    return poll(NO_LIMIT);
  }

  @Override
  public Exchange receiveNoWait() {
    return poll(NO_LIMIT);
  }

  @Override
  public Exchange receive(long timeout) {
    return poll(timeout > 0 ? Duration.ofMillis(timeout) : NO_LIMIT);
  }

  private Exchange poll(Duration limit) {
    if (options.fileName() == null) {
      throw new AkeebaException(ErrorKind.CONFIGURATION, "write fileName into the URI");
    }
    Exchange exchange = getEndpoint().createExchange();
    String key = bucket.key(options.fileName());
    Optional<HeadObjectResponse> object = bucket.find(key);
    if (object.isEmpty()) {
      return exchange;
    }
    if (!Bucket.isOurs(object.get(), options.backupid())) {
      LOG.warn("{} is another's, not of a backup of ours any more: it stays", key);
      return exchange;
    }
    if (options.delete()) {
      bucket.delete(key, limit);
      return exchange;
    }
    exchange.getMessage().setHeader(Exchange.FILE_NAME, options.fileName());
    exchange.getMessage().setHeader(Exchange.FILE_LENGTH, object.get().contentLength());
    exchange.getMessage().setBody(new CheckedInput(bucket.open(key), Bucket.sha256(object.get())));
    return exchange;
  }
}
