package io.github.camelakeeba.run;

import io.github.camelakeeba.run.TriggerStates.TriggerState;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckResultBuilder;

/**
 * The health check {@code triggers}: which of them take no requests now. The bean of this type in
 * the registry knows; it gives names, no reason, which could be an address.
 */
public final class TriggersCheck extends DetailCheck {
  private final CamelContext context;

  /** Looks for the bean in this context at each call. */
  public TriggersCheck(StoreWatch watch, CamelContext context) {
    super("triggers", watch);
    this.context = context;
  }

  @Override
  void look(HealthCheckResultBuilder builder) {
    TriggerStates states = context.getRegistry().findSingleByType(TriggerStates.class);
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
          .detail(FOUND, Map.of("triggers", failing));
    }
  }
}
