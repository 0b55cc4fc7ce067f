package io.github.camelakeeba.reload;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.config.live.CurrentConfiguration;
import io.github.camelakeeba.secret.SecretMasker;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.store.TransientStoreErrors;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the configuration anew while the service runs. All of it is checked first: one with a
 * problem changes nothing. One that is good replaces the old at one moment; what is made of it
 * (routes, triggers of Quartz, clients) follows, that which is not changed untouched. One at a
 * time.
 */
public final class ConfigurationReload {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigurationReload.class);
  private static final int MAX_NAMED = 20; // sites in a line of the log

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  /** An outcome that was being written at the moment of a reload is in the store by then. */
  private static final Duration SETTLED_AFTER = Duration.ofSeconds(30);

  private final CurrentConfiguration current;
  private final Parts parts;
  private final Clock clock;
  private volatile ReloadStatus status;
  private final ReentrantLock changing = new ReentrantLock(); // parts of the service
  private volatile boolean closed;
  private Instant settleAt; // guarded by this, as are the next three; null: nothing is left to do
  private Configuration halfTaken; // what was made of it is to be undone; null: nothing
  private boolean again; // a change that was noticed is to be taken yet
  private boolean lagging; // a part of the service does not follow what holds

  /**
   * What takes part.
   *
   * @param source reads the configuration; throws {@link ConfigurationException} with its problems
   * @param checks of the whole; each throws as the source does
   * @param before while the old one holds; one that fails keeps it
   * @param after once the new one holds; asked again it does what it failed to do before
   * @param settle a while later: for what was begun under the old one in the same moment; false: it
   *     is to be asked once more
   * @param needsRestart what does not follow a reload, a sentence each
   */
  public record Parts(
      Supplier<Configuration> source,
      List<Consumer<Configuration>> checks,
      List<ReloadFollower> before,
      List<ReloadFollower> after,
      BooleanSupplier settle,
      Function<Configuration, List<String>> needsRestart) {}

  public ConfigurationReload(CurrentConfiguration current, Parts parts, Clock clock) {
    this.current = current;
    this.parts = parts;
    this.clock = clock;
    this.status = ReloadStatus.taken(clock.instant());
  }

  public ReloadStatus status() {
    return status;
  }

  /**
   * Takes the configuration as it is now. Throws {@link ConfigurationException} with every problem,
   * or when the service is stopping, and what the store throws while it is away: the old one holds
   * then.
   *
   * @param by who asks, for the log
   */
  public synchronized ReloadResult reload(String by) {
    again = false;
    Configuration before = current.get();
    Configuration next;
    try {
      next = checked();
    } catch (ConfigurationException e) {
      throw refused(by, e, e.problems());
    } catch (RuntimeException e) {
      throw refused(by, e, List.of(reason(e)));
    }
    changing.lock();
    try {
      if (closed) {
        throw new ConfigurationException("the service is stopping: nothing is reloaded any more");
      }
      prepare(by, before, next);
      current.replace(next);
      halfTaken = null;
      settleAt = clock.instant().plus(SETTLED_AFTER);
      ReloadResult result =
          ReloadResult.of(before, next, parts.needsRestart().apply(next), clock.instant());
      log(by, result); // before what may fail: it names the sites that nobody backs up any more
      follow(by, before, next);
      status = ReloadStatus.taken(clock.instant());
      return result;
    } finally {
      changing.unlock();
    }
  }

  /** While the old one holds; what was done is undone where one fails. */
  private void prepare(String by, Configuration before, Configuration next) {
    try {
      for (ReloadFollower one : parts.before()) {
        one.follow(before, next);
      }
    } catch (Exception e) {
      halfTaken = next;
      settleAt = clock.instant().plus(SETTLED_AFTER);
      if (!TransientStoreErrors.isTransient(e)) {
        undo();
      }
      if (e instanceof ConfigurationException problems) {
        throw refused(by, problems, problems.problems());
      }
      throw refused(
          by,
          e instanceof RuntimeException known ? known : new IllegalStateException(e),
          List.of(reason(e)));
    }
  }

  private void undo() {
    List<ReloadFollower> all = new ArrayList<>(parts.before());
    all.addAll(parts.after());
    if (follow(all, halfTaken, current.get()) == null) {
      halfTaken = null;
    }
  }

  /**
   * Since files have changed here, or were read by another node; one that is refused is told by the
   * log, health and metrics. Where the store was away it is tried again by {@link #settle}.
   */
  public synchronized void takeChange() {
    try {
      reload("a change that was noticed");
    } catch (ConfigurationException e) {
      LOG.debug("refused", e); // logged with its problems
    } catch (RuntimeException e) {
      again = true;
      settleAt = clock.instant().plus(SETTLED_AFTER);
      throw e;
    }
  }

  /** The service is stopping: from here on nothing is reloaded; a change under way ends first. */
  public void close() {
    closed = true;
    try {
      if (changing.tryLock(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        changing.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Configuration checked() {
    Configuration next = parts.source().get();
    Set<String> problems = new LinkedHashSet<>();
    for (Consumer<Configuration> check : parts.checks()) {
      try {
        check.accept(next);
      } catch (ConfigurationException e) {
        problems.addAll(e.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(List.copyOf(problems));
    }
    return next;
  }

  private void follow(String by, Configuration before, Configuration next) {
    RuntimeException failed = follow(parts.after(), before, next);
    lagging = failed != null;
    if (lagging) {
      String problem =
          "the new configuration holds, but a part of the service does not follow it yet (%s); it is tried again, now by another reload"
              .formatted(reason(failed));
      status = status.refused(List.of(problem), clock.instant());
      LOG.warn("asked by {}: {}", by, problem);
      throw failed;
    }
  }

  /** All are asked, whatever becomes of one; gives the first failure, or null. */
  private static RuntimeException follow(
      List<ReloadFollower> parts, Configuration before, Configuration next) {
    RuntimeException failed = null;
    for (ReloadFollower one : parts) {
      try {
        one.follow(before, next);
      } catch (Exception e) {
        LOG.error("a part of the service does not follow the configuration", e);
        failed = failed == null ? new IllegalStateException(reason(e), e) : failed;
      }
    }
    return failed;
  }

  private RuntimeException refused(String by, RuntimeException why, List<String> problems) {
    status = status.refused(problems, clock.instant());
    LOG.warn(
        "the configuration was not reloaded (asked by {}), that of {} holds; problems: {}",
        by,
        status.takenAt(),
        problems.size());
    problems.forEach(problem -> LOG.warn("{}", problem));
    return why;
  }

  private static String reason(Throwable thrown) {
    return TransientStoreErrors.isTransient(thrown)
        ? "the store is away: " + UntrustedText.asCause(TransientStoreErrors.reason(thrown))
        : SecretMasker.mask(UntrustedText.rootCause(thrown));
  }

  private static void log(String by, ReloadResult result) {
    LOG.info(
        "the configuration was reloaded (asked by {}): {} sites; added: {}; removed: {}; changed: {}; fingerprint {}",
        by,
        result.sites(),
        names(result.added()),
        names(result.removed()),
        names(result.changed()),
        result.fingerprint());
    if (!result.removed().isEmpty()) {
      LOG.warn(
          "not in the configuration any more, and backed up no more: {}", names(result.removed()));
    }
    result.needsRestart().forEach(sentence -> LOG.warn("{}", sentence));
  }

  private static String names(List<String> sites) {
    return sites.isEmpty()
        ? "none"
        : sites.size() <= MAX_NAMED
            ? String.join(", ", sites)
            : "%s, and %s more"
                .formatted(
                    String.join(", ", sites.subList(0, MAX_NAMED)), sites.size() - MAX_NAMED);
  }

  /**
   * At each tick: an outcome that the old configuration has sent to a channel, in the moment in
   * which the new one took the channel out, is found in the store a while later. What a reload
   * could not do while the store was away is done.
   */
  public synchronized void settle() {
    if (closed || settleAt == null || clock.instant().isBefore(settleAt)) {
      return;
    }
    settleAt = clock.instant().plus(SETTLED_AFTER); // also where something here fails
    if (again) {
      takeChange();
      return;
    }
    if (halfTaken != null) {
      undo();
    }
    if (lagging && follow(parts.after(), current.get(), current.get()) == null) {
      lagging = false;
      status = ReloadStatus.taken(clock.instant());
      LOG.info("all parts of the service follow the configuration");
    }
    if (parts.settle().getAsBoolean() && halfTaken == null && !lagging) {
      settleAt = null;
    }
  }
}
