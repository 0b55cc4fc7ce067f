package io.github.camelakeeba.backup.recovery;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.LostResponseException;
import io.github.camelakeeba.akeeba.StartAbortedException;
import io.github.camelakeeba.akeeba.client.FailureTranslator;
import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.run.RunFailure;
import java.util.EnumSet;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a call of startBackup or stepBackup that gave no answer makes of its run. */
public final class LostResponseHandler {
  private static final Logger LOG = LoggerFactory.getLogger(LostResponseHandler.class);

  private static final Set<ErrorKind> FINAL_KINDS =
      EnumSet.of(ErrorKind.BACKUP_ERROR, ErrorKind.RESTARTED_ON_SERVER);

  private final FailureTranslator failures;

  public LostResponseHandler(FailureTranslator failures) {
    this.failures = failures;
  }

  /**
   * The run as it stood before the call (variable {@code before}), with a gap: the site must be
   * looked at before anything more is sent. So it is too when the site itself gave an error, or
   * forgot the backup: its record may say that it is complete (protocol 1.7). A start that PHP
   * broke off is sent once more, which begins with a look too. Throws what is neither.
   */
  public Run recordLostResponse(
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable thrown,
      @Variable("backup-run-before-call") Run before) {
    AkeebaException why = failures.translate(thrown);
    if (why instanceof LostResponseException lost) {
      LOG.warn("{} Looking at the site before anything more is sent.", why.getMessage());
      return before.with(before.journal().responseLost(lost)).withRecovery();
    }
    if (why instanceof StartAbortedException && !before.journal().abortedByPhp()) {
      LOG.warn(
          "PHP itself broke the start off on the site ({}). Looking at the site before one more start.",
          why.getMessage());
      return before.with(before.journal().startAborted());
    }
    if (before.backup().backupid() != null && FINAL_KINDS.contains(why.kind())) {
      return before
          .with(before.journal().responseLost(null))
          .failed(new RunFailure(why.kind(), why.getMessage()));
    }
    throw why;
  }

  /**
   * The run after its gap, with so many calls that had run to their end unheard.
   *
   * @param before as it stood before the gap
   * @param next as it stands now
   */
  public static Run withLostResponses(Run before, Run next, int completed) {
    Run told = next;
    int calls = completed;
    if (before.backup().adopted() && calls > 0) {
      told = told.with(told.backup(), told.warnings().withUnknown(unknownWarnings("startBackup")));
      calls--;
    }
    for (int i = 1; i <= calls; i++) {
      String step = "step " + (before.backup().steps() + i);
      told = told.with(told.backup(), told.warnings().withUnknown(unknownWarnings(step)));
    }
    return told.with(told.backup().withLostSteps(calls), told.warnings());
  }

  private static String unknownWarnings(String call) {
    return "the answer of " + call + " was lost; its warnings are unknown";
  }
}
