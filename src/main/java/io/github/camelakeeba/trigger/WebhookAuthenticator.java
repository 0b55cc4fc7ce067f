package io.github.camelakeeba.trigger;

import io.github.camelakeeba.config.Trigger;
import io.github.camelakeeba.trigger.message.SignatureVerifier;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Whether a call over HTTP proves that its sender knows the secret of the trigger. */
public final class WebhookAuthenticator {
  private final Supplier<List<Trigger>> triggers;
  private volatile ByPath last;
  private final Clock clock;

  private record ByPath(List<Trigger> triggers, Map<String, Trigger> hooks) {
    static ByPath of(List<Trigger> triggers) {
      Map<String, Trigger> hooks = new HashMap<>();
      for (Trigger trigger : triggers) {
        if (trigger.enabled() && trigger.scheme().equals("servlet")) {
          hooks.put(
              trigger.from().reveal().replaceFirst("^servlet:", "").replaceFirst("\\?.*", ""),
              trigger);
        }
      }
      return new ByPath(triggers, Map.copyOf(hooks));
    }
  }

  public WebhookAuthenticator(List<Trigger> triggers, Clock clock) {
    this(() -> triggers, clock);
  }

  /** Of the triggers that are configured when it is asked. */
  public WebhookAuthenticator(Supplier<List<Trigger>> triggers, Clock clock) {
    this.triggers = triggers;
    this.clock = clock;
    this.last = ByPath.of(triggers.get());
  }

  private Map<String, Trigger> hooks() {
    ByPath known = last;
    List<Trigger> now = triggers.get();
    if (known.triggers != now) {
      known = ByPath.of(now);
      last = known;
    }
    return known.hooks;
  }

  public Set<String> paths() {
    return hooks().keySet();
  }

  public boolean isAuthentic(String path, Map<String, Object> headers, byte[] body) {
    Trigger trigger = hooks().get(path);
    return trigger != null
        && SignatureVerifier.verify(
            trigger, SignatureVerifier.readCredentials(trigger, headers), body, clock.instant());
  }
}
