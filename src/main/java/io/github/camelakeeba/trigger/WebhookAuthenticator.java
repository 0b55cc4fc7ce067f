package io.github.camelakeeba.trigger;

import io.github.camelakeeba.config.Trigger;
import io.github.camelakeeba.trigger.message.SignatureVerifier;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which calls over HTTP prove that they know the secret of the trigger that they call. */
public final class WebhookAuthenticator {
  private final Map<String, Trigger> webhookTriggers = new HashMap<>();
  private final Clock clock;

  public WebhookAuthenticator(List<Trigger> triggers, Clock clock) {
    for (Trigger trigger : triggers) {
      if (trigger.enabled() && trigger.scheme().equals("servlet")) {
        webhookTriggers.put(
            trigger.from().reveal().replaceFirst("^servlet:", "").replaceFirst("\\?.*", ""),
            trigger);
      }
    }
    this.clock = clock;
  }

  /** The paths at which they are called. */
  public Set<String> paths() {
    return Set.copyOf(webhookTriggers.keySet());
  }

  /** Whether this call of this path does. */
  public boolean isAuthentic(String path, Map<String, Object> headers, byte[] body) {
    Trigger trigger = webhookTriggers.get(path);
    return trigger != null
        && SignatureVerifier.verify(
            trigger, SignatureVerifier.readCredentials(trigger, headers), body, clock.instant());
  }
}
