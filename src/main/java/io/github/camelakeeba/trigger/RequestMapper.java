package io.github.camelakeeba.trigger;

import io.github.camelakeeba.config.Trigger;
import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.BackupRequest.IfBusy;
import io.github.camelakeeba.run.RequestDefaults;
import io.github.camelakeeba.run.RequestReader;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.trigger.message.InboundMessage;
import io.github.camelakeeba.trigger.message.PayloadMapper;
import io.github.camelakeeba.trigger.message.SignatureVerifier;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** The request that a message makes, or a refusal. */
public final class RequestMapper {
  private final Map<String, Trigger> triggers;
  private final Map<String, PayloadMapper> payloadMappers = new HashMap<>();
  private final RequestReader reader;
  private final Clock clock;

  public RequestMapper(Map<String, Trigger> triggers, RequestReader reader, Clock clock) {
    this.triggers = triggers;
    this.reader = reader;
    this.clock = clock;
    triggers.forEach((name, trigger) -> payloadMappers.put(name, new PayloadMapper(trigger.map())));
  }

  /** The request; throws {@link RunRefusedException} with a sentence for the sender. */
  public BackupRequest toRequest(InboundMessage arrival) {
    Trigger trigger = triggers.get(arrival.trigger());
    if (arrival.error() != null) {
      throw new RunRefusedException(Reason.BAD_REQUEST, arrival.error());
    }
    SignatureVerifier.check(trigger, arrival, clock.instant());
    byte[] body = payloadMappers.get(trigger.name()).toRequest(arrival.body());
    BackupRequest request =
        reader.readEvent(
            body,
            new RequestDefaults(
                trigger.site(), arrival.id(), trigger.coalesce() ? IfBusy.JOIN : IfBusy.QUEUE));
    if (!trigger.allowsSite(request.site())) {
      throw new RunRefusedException(
          Reason.NOT_ADMITTED,
          "the trigger %s may not ask for %s".formatted(trigger.name(), request.site()));
    }
    return request;
  }
}
