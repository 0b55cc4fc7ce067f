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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Makes the request of a message. */
public final class RequestMapper {
  private final Map<String, Trigger> triggers;
  private final Map<String, Mapping> mappings = new ConcurrentHashMap<>();
  private final RequestReader reader;
  private final Clock clock;

  private record Mapping(Trigger trigger, PayloadMapper mapper) {}

  public RequestMapper(Map<String, Trigger> triggers, RequestReader reader, Clock clock) {
    this.triggers = triggers;
    this.reader = reader;
    this.clock = clock;
    triggers.values().forEach(this::mapper);
  }

  private PayloadMapper mapper(Trigger trigger) {
    return mappings.compute(
            trigger.name(),
            (name, known) ->
                known != null && known.trigger == trigger
                    ? known
                    : new Mapping(trigger, new PayloadMapper(trigger.map())))
        .mapper;
  }

  /** Throws {@link RunRefusedException} with a sentence for the sender. */
  public BackupRequest toRequest(InboundMessage message) {
    Trigger trigger = triggers.get(message.trigger());
    if (trigger == null) {
      throw new RunRefusedException(
          Reason.NOT_ADMITTED,
          "the trigger %s was taken out of sites.yaml".formatted(message.trigger()));
    }
    if (message.error() != null) {
      throw new RunRefusedException(Reason.BAD_REQUEST, message.error());
    }
    SignatureVerifier.check(trigger, message, clock.instant());
    BackupRequest request =
        reader.readEvent(
            mapper(trigger).toRequest(message.body()),
            new RequestDefaults(
                trigger.site(),
                message.id(),
                trigger.coalesce() ? IfBusy.JOIN : IfBusy.QUEUE,
                "trigger:" + trigger.name()));
    if (!trigger.allowsSite(request.site())) {
      throw new RunRefusedException(
          Reason.NOT_ADMITTED,
          "the trigger %s may not ask for %s".formatted(trigger.name(), request.site()));
    }
    return request;
  }
}
