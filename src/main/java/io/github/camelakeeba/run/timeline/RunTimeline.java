package io.github.camelakeeba.run.timeline;

import io.github.camelakeeba.run.Run;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.store.TransientStoreErrors;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entries of this process's runs until the next write of their run takes them along: an entry
 * costs no statement of its own. One that the store does not take is dropped, and logged once.
 */
public final class RunTimeline {
  /** Entries that are kept of a run; what comes after is counted. */
  public static final int MAX_ENTRIES = 200;

  private static final int MAX_TEXT = 400; // characters
  private static final Logger LOG = LoggerFactory.getLogger(RunTimeline.class);

  private final Map<String, List<String>> waiting = new ConcurrentHashMap<>(); // lines by claim
  private final AtomicBoolean logged = new AtomicBoolean();

  /** The text is masked, and shortened. */
  public void note(Run run, String kind, String text) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    String line = new TimelineEntry(now, kind, UntrustedText.oneLine(text, MAX_TEXT)).line();
    waiting.compute(
        key(run),
        (claim, lines) -> {
          List<String> more = lines == null ? new ArrayList<>() : new ArrayList<>(lines);
          if (more.size() < MAX_ENTRIES) {
            more.add(line);
          }
          return List.copyOf(more);
        });
  }

  /** What the next write of the run takes along. */
  public List<String> waiting(Run run) {
    return waiting.getOrDefault(key(run), List.of());
  }

  public void written(Run run, List<String> lines) {
    waiting.computeIfPresent(
        key(run),
        (claim, all) -> {
          List<String> rest = new ArrayList<>(all);
          rest.removeAll(lines); // several threads of a download may have taken the same
          return rest.isEmpty() ? null : List.copyOf(rest);
        });
  }

  /** Whether the entries may be why a write has failed, which then succeeds without them. */
  public boolean drop(Run run, Throwable thrown) {
    if (waiting(run).isEmpty() || TransientStoreErrors.isTransient(thrown)) {
      return false;
    }
    forget(run);
    if (!logged.getAndSet(true)) {
      LOG.warn(
          "the store does not take an entry of a timeline; the run goes on without it: {}",
          TransientStoreErrors.reason(thrown));
    }
    return true;
  }

  /** This claim of the run is over. */
  public void forget(Run run) {
    waiting.remove(key(run));
  }

  private static String key(Run run) {
    return run.id() + " " + run.claim();
  }
}
