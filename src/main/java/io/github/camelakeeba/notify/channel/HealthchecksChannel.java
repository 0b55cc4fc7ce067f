package io.github.camelakeeba.notify.channel;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.Notification;
import io.github.camelakeeba.notify.text.ChatEscaping;
import io.github.camelakeeba.notify.text.ChatText;
import io.github.camelakeeba.notify.text.TextLimiter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** A check: a ping whose path says what has happened. */
final class HealthchecksChannel implements HttpChannel {
  private static final int MAX_BODY_BYTES = 10_000; // older servers keep no more
  private static final TextLimiter LIMITER =
      new TextLimiter(ChatEscaping.PLAIN, TextLimiter::bytes);
  private static final String LOG_PATH = "/log";
  private static final String FAIL_PATH = "/fail";

  private final Channel.Healthchecks check;
  private final SecretUrl url;
  private final Function<Notification, ChatText> texts;

  HealthchecksChannel(Channel.Healthchecks check, Function<Notification, ChatText> texts) {
    this.check = check;
    this.url = SecretUrl.of(check.url());
    this.texts = texts;
  }

  @Override
  public HttpDeliveryRequest toRequest(Notification message) {
    ChatText text = texts.apply(message);
    return ping(
        pathSuffix(message),
        message instanceof Event event ? event.data().run() : null,
        text.text().isEmpty() ? text.title() : text.title() + "\n\n" + text.text());
  }

  HttpDeliveryRequest heartbeatRequest() {
    return ping("", null, "camel-akeeba-backup does its work");
  }

  private HttpDeliveryRequest ping(String suffix, String run, String text) {
    SecretUrl target = url.withPath(url.uri().getRawPath().replaceFirst("/+$", "") + suffix);
    if (run != null) {
      // the same for every event of a run: by it the server knows how long the run took
      UUID id = UUID.nameUUIDFromBytes(run.getBytes(StandardCharsets.UTF_8));
      target = target.withParameter("rid", id.toString());
    }
    byte[] body = LIMITER.truncate(text, MAX_BODY_BYTES).getBytes(StandardCharsets.UTF_8);
    return HttpDeliveryRequest.of(check, target, "text/plain", Map.of(), body);
  }

  private String pathSuffix(Notification message) {
    // a reminder, a test, or a message about another channel changes no check
    if (!(message instanceof Event event) || event.data().reminder() || event.data().test()) {
      return LOG_PATH;
    }
    return switch (event.data().state()) {
      case "started" -> "/start";
      case "failed", "missed", "unproved" -> FAIL_PATH;
      case "untested" -> LOG_PATH; // the site's backups may be as good as ever
      case "warning" ->
          switch (check.warning()) {
            // of no run: it is about an archive, and no sign of a good backup
            case SUCCESS -> event.data().run() == null ? LOG_PATH : "";
            case FAIL -> FAIL_PATH;
            case LOG -> LOG_PATH;
          };
      default -> "";
    };
  }
}
