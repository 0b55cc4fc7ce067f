package io.github.camelakeeba.trigger;

import io.github.camelakeeba.config.Trigger;
import io.github.camelakeeba.trigger.message.SignatureVerifier;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether a call over HTTP proves that its sender knows the secret of the trigger. */
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

  public Set<String> paths() {
    return Set.copyOf(webhookTriggers.keySet());
  }

  public boolean isAuthentic(String path, Map<String, Object> headers, byte[] body) {
    Trigger trigger = webhookTriggers.get(path);
    return trigger != null
        && SignatureVerifier.verify(
            trigger, SignatureVerifier.readCredentials(trigger, headers), body, clock.instant());
  }
}
