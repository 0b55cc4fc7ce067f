package io.github.camelakeeba.config.live;

import java.util.AbstractList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.function.Supplier;

/** A view of the list that holds at each look; one iteration or stream is over one of them. */
final class LiveList<V> extends AbstractList<V> {
  private final Supplier<? extends Collection<V>> now;

  LiveList(Supplier<? extends Collection<V>> now) {
    this.now = now;
  }

  @Override
  public V get(int index) {
    return List.copyOf(now.get()).get(index);
  }

  @Override
  public int size() {
    return now.get().size();
  }

  @Override
  public Iterator<V> iterator() {
    return List.copyOf(now.get()).iterator();
  }

  @Override
  public Spliterator<V> spliterator() {
    return List.copyOf(now.get()).spliterator();
  }
}
