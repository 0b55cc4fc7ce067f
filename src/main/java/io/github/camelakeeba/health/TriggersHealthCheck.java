package io.github.camelakeeba.health;

import io.github.camelakeeba.store.StoreAvailability;
import io.github.camelakeeba.watch.TriggerStatusProvider;
import io.github.camelakeeba.watch.TriggerStatusProvider.TriggerState;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;

/**
 * The health check {@code triggers}: which of them consume nothing now, by the {@link
 * TriggerStatusProvider} in the registry. It gives names and no reason, which could be an address.
 */
public final class TriggersHealthCheck extends BackupHealthCheck {
  private final CamelContext context;

  public TriggersHealthCheck(StoreAvailability availability, CamelContext context) {
    super("triggers", availability);
    this.context = context;
  }

  @Override
  Finding inspect() {
    TriggerStatusProvider status =
        context.getRegistry().findSingleByType(TriggerStatusProvider.class);
    List<String> failing =
        status == null
            ? List.of()
            : status.triggers().stream()
                .filter(TriggerState::failing)
                .map(TriggerState::name)
                .toList();
    return failing.isEmpty()
        ? null
        : Finding.of(
            "triggers that take no requests: " + String.join(", ", failing),
            Map.of("triggers", failing));
  }
}
