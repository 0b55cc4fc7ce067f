package io.github.camelakeeba.proof;

import io.github.camelakeeba.akeeba.client.FailureTranslator;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.keep.LocatedArchive;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.Body;
import org.apache.camel.ExchangeException;
import org.apache.camel.Variable;

/** Makes a claimed restore test; says why one can't be made. */
public final class ProofTrial {
  private final Map<String, Site> sites;
  private final ProofQueue queue;
  private final FailureTranslator failures;
  private final Supplier<RestoreTester> tester;

  public ProofTrial(
      Map<String, Site> sites,
      ProofQueue queue,
      FailureTranslator failures,
      Supplier<RestoreTester> tester) {
    this.sites = sites;
    this.queue = queue;
    this.failures = failures;
    this.tester = tester;
  }

  /** Restores the archive. Throws {@link ProofAbandonedException} when it must end here. */
  public ProofResult test(
      @Body ClaimedProof claimed, @Variable("backup-proof-archive") LocatedArchive archive) {
    Site site = sites.get(claimed.site());
    return site == null || site.proof().restoreTest() == null
        ? withoutSettings(claimed)
        : tester.get().test(site, archive, queue.progress(claimed));
  }

  /** Why it is not made: the configuration has changed since it was asked for. */
  public ProofResult withoutSettings(@Body ClaimedProof claimed) {
    return ProofResult.untested(
        "%s is not in sites.yaml any more, or has no 'restoreTest' there."
            .formatted(claimed.site()));
  }

  /** Why it is not made: each time it was begun, it had no end. */
  public ProofResult exhausted(@Body ClaimedProof claimed) {
    return ProofResult.untested(
        "The test was begun %s times and never came to an end, since the program was killed or failed; its log says more."
            .formatted(claimed.attempts() - 1));
  }

  /** Why it is not made: there is no archive, or none that can be had now. */
  public ProofResult withoutArchive(@Body ClaimedProof claimed, @ExchangeException Exception why) {
    queue.progress(claimed).check(); // what fails at a stop is no reason
    return ProofResult.untested(failures.translate(why).getMessage());
  }
}
