package io.github.camelakeeba.proof;

import io.github.camelakeeba.config.Configuration.Limits;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.keep.ArchiveQuery;
import io.github.camelakeeba.keep.LocatedArchive;
import io.github.camelakeeba.run.store.ClaimPolicy;
import io.github.camelakeeba.run.store.RunGuard;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.store.Database;
import io.github.camelakeeba.store.TransientStoreErrors;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** The restore tests that wait, and those that this node is at work on. */
public final class ProofQueue {
  private static final long PROGRESS_INTERVAL = 1_000_000_000; // nanoseconds
  private static final int MAX_PROGRESS_LENGTH = 200;

  private final Map<String, Site> sites;
  private final Supplier<Limits> limits;
  private final ProofStore store;
  private final String owner;
  private final ClaimPolicy policy;
  private final RunGuard guard;
  private final LongSupplier nanoTime;
  private final Clock clock;
  private final Set<String> own = ConcurrentHashMap.newKeySet();
  private final Map<String, ClaimedProof> active = new ConcurrentHashMap<>();

  /** The owner is this node's id. */
  public ProofQueue(
      Map<String, Site> sites,
      Supplier<Limits> limits,
      Database database,
      String owner,
      ClaimPolicy policy,
      RunGuard guard,
      LongSupplier nanoTime,
      Clock clock) {
    this.sites = sites;
    this.limits = limits;
    this.store = new ProofStore(database);
    this.owner = owner;
    this.policy = policy;
    this.guard = guard;
    this.nanoTime = nanoTime;
    this.clock = clock;
  }

  /** This process asked for it: a command in the foreground makes these only. */
  void addOwn(String id) {
    own.add(id);
  }

  /** It came to nothing. */
  void removeOwn(String id) {
    own.remove(id);
  }

  /** Claims what waits, as far as {@code limits.restoreTests} has room. */
  public List<ClaimedProof> claim() {
    int places = limits.get().restoreTests() - active.size();
    if (policy == ClaimPolicy.NONE || guard.closed() || places <= 0) {
      return List.of();
    }
    List<ClaimedProof> claimed =
        store.claim(
            places,
            owner,
            active.keySet(),
            policy == ClaimPolicy.ALL ? null : own,
            clock.instant());
    claimed.forEach(one -> active.put(one.proof().id(), one));
    return claimed;
  }

  /** It is over here, with a result or without. */
  void end(ClaimedProof claimed) {
    active.remove(claimed.proof().id());
    own.remove(claimed.proof().id());
  }

  void release(ClaimedProof claimed) {
    store.release(claimed);
  }

  /** Which archive is to be tested; null: the site is not in the configuration any more. */
  public ArchiveQuery archive(@Body ClaimedProof claimed) {
    Site site = sites.get(claimed.site());
    return site == null
        ? null
        : ArchiveQuery.of(
            site, claimed.askedId() == null ? ArchiveQuery.LATEST : claimed.askedId());
  }

  /**
   * Notes which archive is tested. Throws {@link ProofAbandonedException} when the test is another
   * node's by now.
   */
  public void begin(
      @Body ClaimedProof claimed, @Variable("backup-proof-archive") LocatedArchive archive) {
    long size = archive.source().size();
    if (!store.recordArchive(
        claimed,
        archive.backupid(),
        archive.recordId(),
        UntrustedText.limited(archive.source().name(), 255),
        size < 0 ? null : (Long) size)) {
      throw lost(claimed);
    }
  }

  ProofProgress progress(ClaimedProof claimed) {
    return new ProofProgress() {
      private long noted = nanoTime.getAsLong() - PROGRESS_INTERVAL;

      @Override
      public void at(String what) {
        check();
        long now = nanoTime.getAsLong();
        if (now - noted >= PROGRESS_INTERVAL) {
          noted = now;
          note(claimed, what);
        }
      }

      @Override
      public void check() {
        if (guard.closed()) {
          throw new ProofAbandonedException(
              "the restore test of %s ends here, since this process stops; it is begun again by the next one"
                  .formatted(claimed.site()));
        }
      }
    };
  }

  private void note(ClaimedProof claimed, String what) {
    try {
      if (!store.recordProgress(claimed, UntrustedText.oneLine(what, MAX_PROGRESS_LENGTH))) {
        throw lost(claimed);
      }
    } catch (RuntimeException e) {
      if (!TransientStoreErrors.isTransient(e)) {
        throw e;
      } // else the test goes on; its end waits for the store
    }
  }

  private static ProofAbandonedException lost(ClaimedProof claimed) {
    return new ProofAbandonedException(
        "the restore test of %s is another node's by now; what it found here counts for nothing"
            .formatted(claimed.site()));
  }
}
