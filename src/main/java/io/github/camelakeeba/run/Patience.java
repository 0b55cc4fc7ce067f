package io.github.camelakeeba.run;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.Call;
import io.github.camelakeeba.akeeba.Failures;
import io.github.camelakeeba.akeeba.LostAnswerException;
import java.util.Set;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How often a call that only reads is asked again when it gave no answer. */
public final class Patience {
  private static final Logger LOG = LoggerFactory.getLogger(Patience.class);

  /** Nothing is at stake before the start: a dead site is told of within seconds. */
  private static final int BEFORE_THE_START = 2;

  /** Some two minutes with the shipped pauses: a web server that starts again is waited for. */
  private static final int AFTER_IT = 7;

  private static final Set<String> FIRST_CONTACT = Set.of("getVersion", "getProfiles");

  private final Failures failures;
  private final Recovery recovery;
  private final RunGate gate;

  /** Failures put into words; the gate is shut when this process stops. */
  public Patience(Failures failures, Recovery recovery, RunGate gate) {
    this.failures = failures;
    this.recovery = recovery;
    this.gate = gate;
  }

  /** Whether to ask again; sets how long Camel waits before that. */
  public boolean again(Exchange exchange) {
    Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    int asked = exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class);
    Call call = exchange.getVariable("call", Call.class);
    AkeebaException why = failures.explain(thrown, call);
    int most = FIRST_CONTACT.contains(call.method()) ? BEFORE_THE_START : AFTER_IT;
    if (!(why instanceof LostAnswerException lost) || gate.closed() || asked >= most) {
      return false;
    }
    long pause = recovery.pauseAfter(asked);
    if (lost.retryAfter() != null) {
      pause = Math.max(pause, lost.retryAfter().toMillis());
    }
    LOG.info("{} Asking again.", why.getMessage());
    exchange.getMessage().setHeader(Exchange.REDELIVERY_DELAY, pause);
    return true;
  }
}
