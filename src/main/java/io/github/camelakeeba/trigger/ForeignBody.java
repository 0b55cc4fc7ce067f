package io.github.camelakeeba.trigger;

import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import io.github.camelakeeba.site.Trigger;

/** A body that somebody else's program has written, as a request of ours. */
final class ForeignBody {
  private ForeignBody() {}

  /** The body as it is, where the trigger maps nothing; else a request as JSON. */
  static byte[] mapped(Trigger trigger, byte[] body) {
    if (!trigger.map().isEmpty()) {
      throw new RunRefusedException(
          Reason.BAD_REQUEST, "a mapping is not supported by this version");
    }
    return body;
  }
}
