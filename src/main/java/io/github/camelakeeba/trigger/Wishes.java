package io.github.camelakeeba.trigger;

import io.github.camelakeeba.run.BackupRequest;
import io.github.camelakeeba.run.BackupRequest.IfBusy;
import io.github.camelakeeba.run.RequestReader;
import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.site.Trigger;
import java.util.Map;

/** The bean {@code backup-wishes}: the request that a message makes, or a refusal. */
public final class Wishes {
  private final Map<String, Trigger> triggers;
  private final RequestReader reader;

  /** For these triggers, by name. */
  public Wishes(Map<String, Trigger> triggers, RequestReader reader) {
    this.triggers = triggers;
    this.reader = reader;
  }

  /** The request; throws {@link RunRefusedException} with a sentence for the sender. */
  public BackupRequest read(Arrival arrival) {
    Trigger trigger = triggers.get(arrival.trigger());
    if (arrival.fault() != null) {
      throw new RunRefusedException(Reason.BAD_REQUEST, arrival.fault());
    }
    SenderProof.check(trigger, arrival);
    byte[] body = ForeignBody.mapped(trigger, arrival.body());
    BackupRequest request =
        reader.event(
            body,
            new RequestReader.Openings(
                trigger.site(), arrival.id(), trigger.coalesce() ? IfBusy.JOIN : IfBusy.QUEUE));
    if (!trigger.admits(request.site())) {
      throw new RunRefusedException(
          Reason.NOT_ADMITTED,
          "the trigger %s may not ask for %s".formatted(trigger.name(), request.site()));
    }
    return request;
  }
}
