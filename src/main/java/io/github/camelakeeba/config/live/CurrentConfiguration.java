package io.github.camelakeeba.config.live;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.Site;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The configuration that holds now. A reload replaces it as a whole, so whoever asks sees either
 * the old one or the new one. What was read of it is kept no longer than an answer needs.
 */
public final class CurrentConfiguration implements Supplier<Configuration> {
  private volatile Configuration now;

  public CurrentConfiguration(Configuration first) {
    now = first;
  }

  @Override
  public Configuration get() {
    return now;
  }

  public void replace(Configuration next) {
    now = next;
  }

  /**
   * Its maps and lists show at each look what holds then. Its single values are those of now: who
   * needs them asks {@link #get}.
   */
  public Configuration live() {
    return live(map(Configuration::sites));
  }

  /** The same with these sites in place of its own. */
  public Configuration live(Map<String, Site> sites) {
    Configuration first = now;
    return new Configuration(
        sites,
        first.limits(),
        first.historyKeep(),
        map(Configuration::channels),
        list(Configuration::rules),
        list(Configuration::triggers),
        first.heartbeat(),
        list(Configuration::reports),
        list(Configuration::badges),
        list(Configuration::sources),
        first.fingerprint());
  }

  private <V> Map<String, V> map(Function<Configuration, Map<String, V>> of) {
    return new LiveMap<>(() -> of.apply(now));
  }

  private <V> LiveList<V> list(Function<Configuration, ? extends Collection<V>> of) {
    return new LiveList<>(() -> of.apply(now));
  }

  /** What is made of the configuration; it is made anew where a reload has replaced that. */
  public <T> Supplier<T> derived(Function<Configuration, T> made) {
    return new Supplier<>() {
      private volatile Made<T> last = make(now);

      private Made<T> make(Configuration of) {
        return new Made<>(of, made.apply(of));
      }

      @Override
      public T get() {
        Made<T> known = last;
        Configuration asked = now;
        if (known.of() != asked) {
          known = make(asked);
          last = known;
        }
        return known.result();
      }
    };
  }

  private record Made<T>(Configuration of, T result) {}

  /** A map that shows what is made of the configuration that holds at each look. */
  public <V> Map<String, V> derivedMap(Function<Configuration, Map<String, V>> made) {
    return new LiveMap<>(derived(made));
  }
}
