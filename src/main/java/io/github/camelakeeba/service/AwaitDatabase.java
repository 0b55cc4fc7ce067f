package io.github.camelakeeba.service;

import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.TransientStoreErrors;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

final class AwaitDatabase {
  private static final Logger LOG = LoggerFactory.getLogger(AwaitDatabase.class);

  private AwaitDatabase() {}

  /** Throws at once what waiting does not mend, such as a wrong password. */
  static Database open(Supplier<Database> open) {
    Instant begin = Instant.now();
    try {
      return open.get();
    } catch (RuntimeException e) {
      if (!TransientStoreErrors.isTransient(e)) {
        throw e;
      }
      LOG.warn(
          "backup.database.url: the database can't be reached: {}; waiting for it",
          TransientStoreErrors.reason(e));
    }
    RetryPolicy policy =
        RetryPolicy.builder()
            .delay(Duration.ofSeconds(1))
            .multiplier(2)
            .maxDelay(Duration.ofSeconds(15))
            .maxRetries(Long.MAX_VALUE)
            .predicate(TransientStoreErrors::isTransient)
            .build();
    try {
      Database database = new RetryTemplate(policy).execute(open::get);
      LOG.info(
          "the database is there, after {} s", Duration.between(begin, Instant.now()).toSeconds());
      return database;
    } catch (RetryException e) {
      throw e.getLastException() instanceof RuntimeException fault
          ? fault
          : new IllegalStateException(e.getLastException());
    }
  }
}
