package io.github.camelakeeba.config.live;

import java.util.AbstractCollection;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.Spliterator;
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

  /** Those of a stream are of one configuration, as are the values'. */
  @Override
  public Set<K> keySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<K> iterator() {
        return Collections.unmodifiableSet(now.get().keySet()).iterator();
      }

      @Override
      public Spliterator<K> spliterator() {
        return now.get().keySet().spliterator();
      }

      @Override
      public boolean contains(Object key) {
        return containsKey(key);
      }

      @Override
      public int size() {
        return now.get().size();
      }
    };
  }

  @Override
  public Collection<V> values() {
    return new AbstractCollection<>() {
      @Override
      public Iterator<V> iterator() {
        return Collections.unmodifiableCollection(now.get().values()).iterator();
      }

      @Override
      public Spliterator<V> spliterator() {
        return now.get().values().spliterator();
      }

      @Override
      public int size() {
        return now.get().size();
      }
    };
  }

  @Override
  public Set<Map.Entry<K, V>> entrySet() {
    return Collections.unmodifiableMap(now.get()).entrySet();
  }
}
