package io.github.camelakeeba.health;

import io.github.camelakeeba.store.StoreAvailability;
import io.github.camelakeeba.watch.TriggerStatusProvider;
import io.github.camelakeeba.watch.TriggerStatusProvider.TriggerState;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckResultBuilder;

/**
 * The health check {@code triggers}: which of them take no requests now. The bean of this type in
 * the registry knows; it gives names, no reason, which could be an address.
 */
public final class TriggersHealthCheck extends InformationalHealthCheck {
  private final CamelContext context;

  public TriggersHealthCheck(StoreAvailability watch, CamelContext context) {
    super("triggers", watch);
    this.context = context;
  }

  @Override
  void inspect(HealthCheckResultBuilder builder) {
    TriggerStatusProvider states =
        context.getRegistry().findSingleByType(TriggerStatusProvider.class);
    List<String> failing =
        states == null
            ? List.of()
            : states.triggers().stream()
                .filter(TriggerState::failing)
                .map(TriggerState::name)
                .toList();
    if (!failing.isEmpty()) {
      builder
          .message("triggers that take no requests: " + String.join(", ", failing))
          .detail(DETAIL_KEY, Map.of("triggers", failing));
    }
  }
}
