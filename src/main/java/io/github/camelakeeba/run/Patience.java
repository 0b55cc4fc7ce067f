package io.github.camelakeeba.run;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.BadCertificateException;
import io.github.camelakeeba.akeeba.Call;
import io.github.camelakeeba.akeeba.Failures;
import io.github.camelakeeba.akeeba.LostAnswerException;
import io.github.camelakeeba.akeeba.Paused;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How often a call that only reads is asked again when it gave no answer. */
public final class Patience {
  private static final Logger LOG = LoggerFactory.getLogger(Patience.class);

  private static final Set<String> FIRST_CONTACT = Set.of("getVersion", "getProfiles");

  /** Nothing is at stake yet: a dead site is told of within seconds. */
  private static final int AT_FIRST_CONTACT = 2;

  /** Some two minutes with the shipped pauses: a web server that starts again is waited for. */
  private static final int LATER = 7;

  private final Failures failures;
  private final Recovery recovery;
  private final RunGate gate;

  /** Failures put into words; the gate is shut when this process stops. */
  public Patience(Failures failures, Recovery recovery, RunGate gate) {
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
  public record Asking(boolean open, long pause, int asked) implements Paused {}

  /** Before the first question. */
  public Asking first() {
    return new Asking(true, 0, 0);
  }

  /** The answer is there. */
  public Asking answered() {
    return new Asking(false, 0, 0);
  }

  /** After a question in vain; throws why, when it is not to be asked again. */
  public Asking again(Exchange exchange, @Variable("backup-asking") Asking asking) {
    Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    Call call = exchange.getVariable("akeeba-call", Call.class);
    AkeebaException why = failures.explain(thrown, call);
    if (!(why instanceof LostAnswerException lost)
        || gate.closed()
        || asking.asked() >= most(call, lost)) {
      throw why;
    }
    LOG.info("{} Asking again.", why.getMessage());
    long pause = recovery.pauseAfter(asking.asked());
    long wish = lost.retryAfter() == null ? 0 : lost.retryAfter().toMillis();
    return new Asking(true, Math.max(pause, wish), asking.asked() + 1);
  }

  /** A certificate that is not good at first contact will hardly be a moment later. */
  private static int most(Call call, LostAnswerException lost) {
    if (!firstContact(call)) {
      return LATER;
    }
    return lost instanceof BadCertificateException ? 0 : AT_FIRST_CONTACT;
  }

  /** Whether this call may be the first one that a site gets. */
  static boolean firstContact(Call call) {
    return FIRST_CONTACT.contains(call.method());
  }
}
