package io.github.camelakeeba.trigger;

import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.BackupRequest.IfBusy;
import io.github.camelakeeba.run.Openings;
import io.github.camelakeeba.run.RequestReader;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.site.Trigger;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** The bean {@code backup-wishes}: the request that a message makes, or a refusal. */
public final class Wishes {
  private final Map<String, Trigger> triggers;
  private final Map<String, ForeignBody> foreign = new HashMap<>();
  private final RequestReader reader;
  private final Clock clock;

  /** For these triggers, by name. */
  public Wishes(Map<String, Trigger> triggers, RequestReader reader, Clock clock) {
    this.triggers = triggers;
    this.reader = reader;
    this.clock = clock;
    triggers.forEach((name, trigger) -> foreign.put(name, new ForeignBody(trigger.map())));
  }

  /** The request; throws {@link RunRefusedException} with a sentence for the sender. */
  public BackupRequest read(Arrival arrival) {
    Trigger trigger = triggers.get(arrival.trigger());
    if (arrival.fault() != null) {
      throw new RunRefusedException(Reason.BAD_REQUEST, arrival.fault());
    }
    SenderProof.check(trigger, arrival, clock.instant());
    byte[] body = foreign.get(trigger.name()).request(arrival.body());
    BackupRequest request =
        reader.event(
            body,
            new Openings(
                trigger.site(), arrival.id(), trigger.coalesce() ? IfBusy.JOIN : IfBusy.QUEUE));
    if (!trigger.admits(request.site())) {
      throw new RunRefusedException(
          Reason.NOT_ADMITTED,
          "the trigger %s may not ask for %s".formatted(trigger.name(), request.site()));
    }
    return request;
  }
}
