package io.github.camelakeeba.health;

import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.store.StoreAvailability;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The health check {@code sources}: which of them could not be read when the configuration was, or
 * had lost too many sites, so that the sites of an earlier list are backed up, and of when the
 * oldest such list is.
 */
public final class SourcesHealthCheck extends BackupHealthCheck {
  private final Supplier<List<Configuration.Source>> sources;

  public SourcesHealthCheck(
      StoreAvailability availability, Supplier<List<Configuration.Source>> sources) {
    super("sources", availability);
    this.sources = sources;
  }

  @Override
  Finding inspect() {
    List<Configuration.Source> away =
        sources.get().stream().filter(source -> source.reason() != null).toList();
    if (away.isEmpty()) {
      return null;
    }
    Instant oldest =
        away.stream()
            .map(Configuration.Source::keptAt)
            .min(Comparator.naturalOrder())
            .orElseThrow();
    return Finding.of(
        "lists of sites that could not be read, or are not believed; those of an earlier time are used",
        Map.of(
            "sources",
            away.stream().map(Configuration.Source::place).toList(),
            "oldest",
            oldest.toString()));
  }
}
