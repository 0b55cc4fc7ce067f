package io.github.camelakeeba.proof;

import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.keep.ArchiveQuery;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.store.Database;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** What users ask of restore tests; throws {@link RunRefusedException} with a sentence for them. */
public final class ProofRequests {
  private static final String COMMAND = "command";

  private final Map<String, Site> sites;
  private final ProofStore store;
  private final ProofQueue queue;
  private final ArchiveSearch archives;
  private final Clock clock;

  public ProofRequests(
      Map<String, Site> sites,
      Database database,
      ProofQueue queue,
      ArchiveSearch archives,
      Clock clock) {
    this.sites = sites;
    this.store = new ProofStore(database);
    this.queue = queue;
    this.archives = archives;
    this.clock = clock;
  }

  /**
   * Asks for a test, which begins as soon as this node has room for it. While one of the site is
   * open, it is that one; of another archive it is refused as busy. One that a command had asked
   * for, and that was killed with it, becomes that of the next command: nobody else would end it.
   * An id that is no backup's, here or among the newest on the site, is refused, and nobody is told
   * of it.
   *
   * @param id a record's number or a backupid; null: the newest archive
   * @param trigger {@code api} or {@code command}
   */
  public Proof ask(String name, String id, String trigger, String by) {
    Site site = site(name);
    if (site.proof().restoreTest() == null) {
      throw invalid(
          "%s has no 'restoreTest' in sites.yaml; it names the database that backups are restored into to test them"
              .formatted(name));
    }
    if (id != null && !ArchiveQuery.isId(id)) {
      throw invalid(
          "'%s' is neither the number of a backup nor a backupid, as 'list' shows them"
              .formatted(UntrustedText.asName(id)));
    }
    if (id != null && archives.isMissing(site, id)) {
      throw invalid(
          "there is no backup '%s' of %s, here or among the newest on the site; 'list %s' shows them, and without an ID the newest archive is tested"
              .formatted(UntrustedText.asName(id), name, name));
    }
    String proof = name + "-" + UUID.randomUUID();
    queue.addOwn(proof);
    if (store.insert(
        proof, name, id, trigger, by, clock.instant().truncatedTo(ChronoUnit.MILLIS))) {
      return store.find(proof).orElseThrow();
    }
    queue.removeOwn(proof);
    ClaimedProof open =
        store
            .open(name)
            .orElseThrow(
                () -> busy("a restore test of %s has just ended; ask again".formatted(name)));
    boolean other = !Objects.equals(id, open.askedId());
    boolean taken =
        other
            && COMMAND.equals(trigger)
            && store.retarget(open.proof().id(), id, by, clock.instant());
    if (other && !taken && id != null) {
      throw busy(
          "a restore test of another archive of %s waits or is being made; ask again when it has ended"
              .formatted(name));
    }
    queue.addOwn(open.proof().id());
    return taken ? store.find(open.proof().id()).orElseThrow() : open.proof();
  }

  /**
   * The newest first, at most so many; {@code after}: the id of the last one of the page before.
   */
  public List<Proof> newest(String site, String after, int limit) {
    Proof last =
        after == null
            ? null
            : store
                .find(after)
                .filter(one -> one.site().equals(site))
                .orElseThrow(
                    () ->
                        invalid(
                            "the parameter 'after' is the id of a restore test of the site, such as the last one of the page before"));
    return store.newest(site, last, limit);
  }

  public Optional<Proof> find(String id) {
    return store.find(id);
  }

  private Site site(String name) {
    Site site = sites.get(name);
    if (site == null) {
      throw new RunRefusedException(
          Reason.UNKNOWN_SITE, "there is no such site in sites.yaml as it was last read");
    }
    return site;
  }

  private static RunRefusedException invalid(String sentence) {
    return new RunRefusedException(Reason.BAD_REQUEST, sentence);
  }

  private static RunRefusedException busy(String sentence) {
    return new RunRefusedException(Reason.BUSY, sentence);
  }
}
