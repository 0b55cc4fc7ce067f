package io.github.camelakeeba.health;

import io.github.camelakeeba.store.StoreAvailability;
import io.github.camelakeeba.watch.OverdueSites;
import java.util.List;
import java.util.Map;

/** The health check {@code overdue}: sites without a good backup for too long. */
public final class OverdueHealthCheck extends BackupHealthCheck {
  private static final int MAX_NAMED = 20;

  private final OverdueSites overdue;

  public OverdueHealthCheck(StoreAvailability availability, OverdueSites overdue) {
    super("overdue", availability);
    this.overdue = overdue;
  }

  @Override
  Finding inspect() {
    List<String> sites = overdue.summary().overdue();
    if (sites.isEmpty()) {
      return null;
    }
    List<String> named = sites.stream().limit(MAX_NAMED).toList();
    int more = sites.size() - named.size();
    return Finding.of(
        "no good backup for too long: "
            + String.join(", ", named)
            + (more > 0 ? " and " + more + " more" : ""),
        Map.of("count", sites.size(), "sites", named));
  }
}
