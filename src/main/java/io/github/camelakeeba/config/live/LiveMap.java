package io.github.camelakeeba.config.live;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** A view of the map that holds at each look; one iteration is over one of them. */
public final class LiveMap<K, V> extends AbstractMap<K, V> {
  private final Supplier<Map<K, V>> now;

  public LiveMap(Supplier<Map<K, V>> now) {
    this.now = now;
  }

  @Override
  public V get(Object key) {
    return now.get().get(key);
  }

  @Override
  public boolean containsKey(Object key) {
    return now.get().containsKey(key);
  }

  @Override
  public int size() {
    return now.get().size();
  }

  @Override
  public Set<Map.Entry<K, V>> entrySet() {
    return Collections.unmodifiableMap(now.get()).entrySet();
  }
}
