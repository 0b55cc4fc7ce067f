package io.github.camelakeeba.health;

import io.github.camelakeeba.store.StoreAvailability;
import io.github.camelakeeba.watch.OverdueSites;
import java.util.List;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;

/** The health check {@code overdue}: sites without a good backup for too long. */
public final class OverdueHealthCheck extends InformationalHealthCheck {
  private static final int MAX_NAMED = 20;

  private final OverdueSites overdue;

  public OverdueHealthCheck(StoreAvailability watch, OverdueSites overdue) {
    super("overdue", watch);
    this.overdue = overdue;
  }

  @Override
  void inspect(HealthCheckResultBuilder builder) {
    List<String> sites = overdue.summary().overdue();
    if (!sites.isEmpty()) {
      List<String> named = sites.stream().limit(MAX_NAMED).toList();
      int more = sites.size() - named.size();
      builder
          .message(
              "no good backup for too long: "
                  + String.join(", ", named)
                  + (more > 0 ? " and " + more + " more" : ""))
          .detail(DETAIL_KEY, Map.of("count", sites.size(), "sites", named));
    }
  }
}
