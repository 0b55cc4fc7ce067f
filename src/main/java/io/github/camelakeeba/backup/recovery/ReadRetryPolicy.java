package io.github.camelakeeba.backup.recovery;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.BadCertificateException;
import io.github.camelakeeba.akeeba.Call;
import io.github.camelakeeba.akeeba.CallDelay;
import io.github.camelakeeba.akeeba.LostResponseException;
import io.github.camelakeeba.akeeba.client.FailureTranslator;
import io.github.camelakeeba.run.store.RecoverySettings;
import io.github.camelakeeba.run.store.RunGuard;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How often a call that only reads is asked again when it gave no answer. */
public final class ReadRetryPolicy {
  private static final Logger LOG = LoggerFactory.getLogger(ReadRetryPolicy.class);

  private static final Set<String> FIRST_CONTACT = Set.of("getVersion", "getProfiles");

  /** Nothing is at stake yet: a dead site is told of within seconds. */
  private static final int MAX_RETRIES_AT_FIRST_CONTACT = 2;

  /** Some two minutes with the shipped pauses: a web server that starts again is waited for. */
  private static final int MAX_RETRIES = 7;

  private final FailureTranslator failures;
  private final RecoverySettings recovery;
  private final RunGuard gate;

  /** Failures put into words; the gate is shut when this process stops. */
  public ReadRetryPolicy(FailureTranslator failures, RecoverySettings recovery, RunGuard gate) {
    this.failures = failures;
    this.recovery = recovery;
    this.gate = gate;
  }

  /**
   * How the asking stands.
   *
   * @param open whether to ask (again)
   * @param pause milliseconds to wait before that
   * @param asked questions in vain so far
   */
  public record ReadAttempts(boolean open, long pause, int failedAttempts) implements CallDelay {}

  /** Before the first question. */
  public ReadAttempts firstAttempt() {
    return new ReadAttempts(true, 0, 0);
  }

  /** The answer is there. */
  public ReadAttempts answerReceived() {
    return new ReadAttempts(false, 0, 0);
  }

  /** After a question in vain; throws why, when it is not to be asked again. */
  public ReadAttempts nextAttempt(
      Exchange exchange, @Variable("backup-read-attempts") ReadAttempts asking) {
    Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    Call call = exchange.getVariable("akeeba-call", Call.class);
    AkeebaException why = failures.translate(thrown, call);
    if (!(why instanceof LostResponseException lost)
        || gate.closed()
        || asking.failedAttempts() >= maxRetries(call, lost)) {
      throw why;
    }
    LOG.info("{} Asking again.", why.getMessage());
    long pause = recovery.pauseAfter(asking.failedAttempts());
    long wish = lost.retryAfter() == null ? 0 : lost.retryAfter().toMillis();
    return new ReadAttempts(true, Math.max(pause, wish), asking.failedAttempts() + 1);
  }

  /** A certificate that is not good at first contact will hardly be a moment later. */
  private static int maxRetries(Call call, LostResponseException lost) {
    if (!isFirstContact(call)) {
      return MAX_RETRIES;
    }
    return lost instanceof BadCertificateException ? 0 : MAX_RETRIES_AT_FIRST_CONTACT;
  }

  /** Whether this call may be the first one that a site gets. */
  public static boolean isFirstContact(Call call) {
    return FIRST_CONTACT.contains(call.method());
  }
}
