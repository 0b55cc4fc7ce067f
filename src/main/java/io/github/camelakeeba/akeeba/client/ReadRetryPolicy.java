package io.github.camelakeeba.akeeba.client;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.AkeebaResponse;
import io.github.camelakeeba.akeeba.BadCertificateException;
import io.github.camelakeeba.akeeba.Call;
import io.github.camelakeeba.akeeba.CallResult;
import io.github.camelakeeba.akeeba.LostResponseException;
import io.github.camelakeeba.config.ApiEndpoint;
import java.util.function.BooleanSupplier;
import java.util.function.IntToLongFunction;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bean {@code akeeba-read-retries}: how often a call that only reads is sent again. */
public final class ReadRetryPolicy {
  private static final Logger LOG = LoggerFactory.getLogger(ReadRetryPolicy.class);
  private static final int MAX_AT_FIRST_CONTACT = 2; // a dead site is reported in seconds
  private static final int MAX_LATER = 7; // some two minutes: a web server starts again

  private final FailureTranslator failures;
  private final IntToLongFunction pauses;
  private final BooleanSupplier closed;

  /** Pauses: milliseconds to wait after so many attempts; closed: whether this process stops. */
  public ReadRetryPolicy(
      FailureTranslator failures, IntToLongFunction pauses, BooleanSupplier closed) {
    this.failures = failures;
    this.pauses = pauses;
    this.closed = closed;
  }

  /**
   * After a call without an answer; throws why, when it is not sent again. An endpoint that was
   * found before and refuses the first call of an exchange may have moved: it is searched for,
   * once.
   */
  public ReadRetry next(
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable thrown,
      @Variable("akeeba-retry") ReadRetry before,
      @Variable("akeeba-call") Call call,
      @Variable("akeeba-sent") CallResult sent,
      @Variable("akeeba-search") EndpointSearch search,
      @Variable("akeeba-endpoint") ApiEndpoint endpoint) {
    AkeebaException why = failures.translate(thrown);
    boolean refused = sent instanceof AkeebaResponse && !(why instanceof LostResponseException);
    if (refused && call.first() && search != null && search.mayHaveMoved()) {
      return new ReadRetry(0, 0, null);
    }
    ReadRetry retry = next(why, before, call);
    return new ReadRetry(retry.attempts(), retry.pause(), endpoint);
  }

  ReadRetry next(AkeebaException why, ReadRetry before, Call call) {
    int attempts = before == null ? 0 : before.attempts();
    if (!(why instanceof LostResponseException lost)
        || closed.getAsBoolean()
        || attempts >= maxAttempts(call, lost)) {
      throw why;
    }
    LOG.info("{} Asking again.", why.getMessage());
    long requested = lost.retryAfter() == null ? 0 : lost.retryAfter().toMillis();
    return new ReadRetry(attempts + 1, Math.max(pauses.applyAsLong(attempts), requested), null);
  }

  /** A bad certificate at first contact will hardly be good a moment later. */
  private static int maxAttempts(Call call, LostResponseException lost) {
    if (!call.first()) {
      return MAX_LATER;
    }
    return lost instanceof BadCertificateException ? 0 : MAX_AT_FIRST_CONTACT;
  }
}
