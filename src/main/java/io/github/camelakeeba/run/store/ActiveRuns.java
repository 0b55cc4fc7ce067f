package io.github.camelakeeba.run.store;

import io.github.camelakeeba.run.Run;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The claims that this process works on. A run that is ours by the store, and is not here, was
 * dropped because the store failed when its end, or its next checkpoint, was to be written.
 */
public final class ActiveRuns {
  private final Set<Key> keys = ConcurrentHashMap.newKeySet();

  private record Key(String run, long claim) {}

  void begin(List<Run> claimed) {
    claimed.forEach(run -> keys.add(new Key(run.id(), run.claim())));
  }

  public void end(Run claimed) {
    keys.remove(new Key(claimed.id(), claimed.claim()));
  }

  int size() {
    return keys.size();
  }

  boolean contains(String run, long claim) {
    return keys.contains(new Key(run, claim));
  }
}
