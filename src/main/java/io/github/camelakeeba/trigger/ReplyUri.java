package io.github.camelakeeba.trigger;

import io.github.camelakeeba.secret.Secret;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The endpoint by which a reply goes back over the broker that its request came from. */
final class ReplyUri {
  private static final Pattern URI_FORMAT =
      Pattern.compile(
          "(?s)([^:]+):(?://)?(?:(?:queue|topic|temp-queue|temp-topic):)?[^?]*(\\?.*)?");

  /** A day: the broker drops what nobody has fetched. */
  private static final String TIME_TO_LIVE = "timeToLive=86400000";

  private ReplyUri() {}

  /** The consumer's URI for {@code queue} or {@code topic}; its name goes beside it as a header. */
  static Secret of(Secret consumer, String kind) {
    Matcher form = URI_FORMAT.matcher(consumer.reveal());
    if (!form.matches()) {
      throw new IllegalArgumentException("the trigger's URI names no broker");
    }
    String query = form.group(2) == null ? "?" : form.group(2) + "&";
    return Secret.address(
        "%s:%s:backup.reply%s%s".formatted(form.group(1), kind, query, TIME_TO_LIVE));
  }
}
