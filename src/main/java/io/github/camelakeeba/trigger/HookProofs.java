package io.github.camelakeeba.trigger;

import io.github.camelakeeba.site.Trigger;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which calls over HTTP prove that they know the secret of the trigger that they call. */
public final class HookProofs {
  private final Map<String, Trigger> hooks = new HashMap<>();
  private final Clock clock;

  /** Of the enabled triggers among these. */
  public HookProofs(List<Trigger> triggers, Clock clock) {
    for (Trigger trigger : triggers) {
      if (trigger.enabled() && trigger.scheme().equals("servlet")) {
        hooks.put(
            trigger.from().reveal().replaceFirst("^servlet:", "").replaceFirst("\\?.*", ""),
            trigger);
      }
    }
    this.clock = clock;
  }

  /** The paths at which they are called. */
  public Set<String> paths() {
    return Set.copyOf(hooks.keySet());
  }

  /** Whether this call of this path does. */
  public boolean hold(String path, Map<String, Object> headers, byte[] body) {
    Trigger trigger = hooks.get(path);
    return trigger != null
        && SenderProof.holds(trigger, SenderProof.given(trigger, headers), body, clock.instant());
  }
}
