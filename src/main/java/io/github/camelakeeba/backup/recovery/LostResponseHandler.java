package io.github.camelakeeba.backup.recovery;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.LostResponseException;
import io.github.camelakeeba.akeeba.LostResponseException.SendState;
import io.github.camelakeeba.akeeba.StartAbortedException;
import io.github.camelakeeba.akeeba.client.FailureTranslator;
import io.github.camelakeeba.notify.text.HumanFormat;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunFailure;
import io.github.camelakeeba.run.store.RunRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a lost response of startBackup or stepBackup makes of its run. */
public final class LostResponseHandler {
  private static final Logger LOG = LoggerFactory.getLogger(LostResponseHandler.class);
  private static final Set<ErrorKind> FINAL_KINDS =
      EnumSet.of(ErrorKind.BACKUP_ERROR, ErrorKind.RESTARTED_ON_SERVER);

  private final FailureTranslator failures;
  private final RunRepository store;

  public LostResponseHandler(FailureTranslator failures, RunRepository store) {
    this.failures = failures;
    this.store = store;
  }

  /**
   * The run as it was before the call, with a lost response: the site must be inspected before
   * anything more is sent. So it must when the site itself gave an error, or forgot the backup: its
   * record may say that it is complete (measured). A start that PHP broke off is sent once more,
   * after another preflight. A call that was kept back is noted anew before it is sent, which only
   * the run's owner can: no site need be asked about it, and it is no sign of a site in trouble.
   * The next one in a row counts as lost: a site to which it always takes too long to connect is
   * unreachable. Throws what is none of these.
   */
  public Run recordLostResponse(
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable thrown,
      @Variable("backup-run") Run noted) {
    AkeebaException why = failures.translate(thrown);
    boolean withheld =
        why instanceof LostResponseException lost && lost.sendState() == SendState.WITHHELD;
    Run before = withheld && noted.backup().backupid() == null ? noted.startWithheld() : noted;
    if (why instanceof LostResponseException kept
        && withheld
        && !before.journal().reached(SendState.WITHHELD)) {
      LOG.info("{} It is noted anew.", why.getMessage());
      return before.with(before.journal().withheld(kept));
    }
    if (why instanceof LostResponseException lost) {
      LOG.warn("{} Looking at the site before anything more is sent.", why.getMessage());
      note(before, lost);
      return before.with(before.journal().responseLost(lost)).withRecovery();
    }
    if (why instanceof StartAbortedException && !before.journal().abortedByPhp()) {
      LOG.warn(
          "PHP itself broke the start off on the site ({}). Looking at the site before one more start.",
          why.getMessage());
      store.note(before, "lost-answer", "PHP itself broke the start off: " + why.getMessage());
      return before.with(before.journal().startAborted());
    }
    if (before.backup().backupid() != null && FINAL_KINDS.contains(why.kind())) {
      store.note(
          before,
          "lost-answer",
          "%s gave an error, so the site is asked for its record: %s"
              .formatted(capitalized(call(before)), why.getMessage()));
      return before
          .with(before.journal().responseLost(null))
          .failed(new RunFailure(why.kind(), why.getMessage()));
    }
    throw why;
  }

  private void note(Run before, LostResponseException lost) {
    Instant sent = before.journal().notedAt();
    Duration waited = sent == null ? Duration.ZERO : Duration.between(sent, Instant.now());
    String what =
        switch (lost.sendState()) {
          case NOT_SENT, WITHHELD -> capitalized(call(before)) + " could not be sent";
          case REJECTED -> capitalized(call(before)) + " was turned away";
          default ->
              "The answer of %s was lost%s"
                  .formatted(
                      call(before),
                      waited.isNegative() ? "" : " after " + HumanFormat.duration(waited));
        };
    store.note(before, "lost-answer", what + ", so the site is asked first: " + lost.getMessage());
  }

  private static String call(Run before) {
    return before.backup().backupid() == null
        ? "startBackup"
        : "step " + (before.backup().steps() + 1);
  }

  private static String capitalized(String call) {
    return call.startsWith("step") ? "S" + call.substring(1) : call;
  }

  /** The run after lost responses, with warnings for the calls that had completed without one. */
  public static Run withLostResponses(Run before, Run next, int completed) {
    Run run = next;
    int calls = completed;
    if (before.backup().adopted() && calls > 0) {
      run = run.with(run.backup(), run.warnings().withUnknown(unknownWarnings("startBackup")));
      calls--;
    }
    for (int i = 1; i <= calls; i++) {
      String step = "step " + (before.backup().steps() + i);
      run = run.with(run.backup(), run.warnings().withUnknown(unknownWarnings(step)));
    }
    return run.with(run.backup().withLostSteps(calls), run.warnings());
  }

  private static String unknownWarnings(String call) {
    return "the answer of " + call + " was lost; its warnings are unknown";
  }
}
