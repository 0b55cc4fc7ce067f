package io.github.camelakeeba.run;

import java.util.List;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;

/** The health check {@code overdue}: sites without a good backup for too long. */
public final class OverdueCheck extends DetailCheck {
  private static final int NAMED = 20;

  private final Overdue overdue;

  /** Of these. */
  public OverdueCheck(StoreWatch watch, Overdue overdue) {
    super("overdue", watch);
    this.overdue = overdue;
  }

  @Override
  void look(HealthCheckResultBuilder builder) {
    List<String> sites = overdue.trouble().overdue();
    if (!sites.isEmpty()) {
      List<String> named = sites.stream().limit(NAMED).toList();
      int more = sites.size() - named.size();
      builder
          .message(
              "no good backup for too long: "
                  + String.join(", ", named)
                  + (more > 0 ? " and " + more + " more" : ""))
          .detail(FOUND, Map.of("count", sites.size(), "sites", named));
    }
  }
}
