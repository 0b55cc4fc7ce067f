package io.github.camelakeeba.notify.channel;

import io.github.camelakeeba.config.Channel;
import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.event.Notification;
import io.github.camelakeeba.notify.text.ChatEscaping;
import io.github.camelakeeba.notify.text.ChatText;
import io.github.camelakeeba.notify.text.TextLimiter;
import io.github.camelakeeba.outbox.Delivery;
import io.github.camelakeeba.outbox.DeliveryException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Which ping tells a check of a message, or of a heartbeat. */
public final class HealthchecksChannel {
  /** Bytes; older servers keep no more. */
  private static final int MAX_BODY_BYTES = 10_000;

  private static final TextLimiter LIMITER =
      new TextLimiter(ChatEscaping.PLAIN, TextLimiter::bytes);
  private static final String LOG_PATH = "/log";
  private static final String FAIL_PATH = "/fail";

  private final Map<String, Check> checks = new LinkedHashMap<>();
  private final Function<Notification, ChatText> texts;

  private record Check(Channel.Healthchecks channel, SecretUrl address) {}

  /** For the checks among these channels; texts gives what a ping says. */
  public HealthchecksChannel(
      Map<String, Channel> channels, Function<Notification, ChatText> texts) {
    this.texts = texts;
    for (Channel channel : channels.values()) {
      if (channel instanceof Channel.Healthchecks check) {
        checks.put(check.name(), new Check(check, SecretUrl.of(check.url())));
      }
    }
  }

  /** The ping; a {@link DeliveryException} when the channel is no (longer a) check. */
  public HttpDeliveryRequest toRequest(Delivery delivery) {
    Check check = checks.get(delivery.channel());
    if (check == null) {
      throw new DeliveryException(
          "channel " + delivery.channel() + ": is not configured as a check any more");
    }
    Notification message = delivery.message();
    ChatText text = texts.apply(message);
    return ping(
        check,
        pathSuffix(message, check.channel().warning()),
        message instanceof Event event ? event.data().run() : null,
        text.text().isEmpty() ? text.title() : text.title() + "\n\n" + text.text());
  }

  /** The ping that says that this service is alive. */
  public HttpDeliveryRequest heartbeatRequest(String channel) {
    return ping(checks.get(channel), "", null, "camel-akeeba-backup does its work");
  }

  private static HttpDeliveryRequest ping(Check check, String ending, String run, String text) {
    SecretUrl address = check.address();
    String path = address.uri().getRawPath().replaceFirst("/+$", "");
    SecretUrl target = address.withPath(path + ending);
    SecretUrl whole = run == null ? target : target.withParameter("rid", runId(run));
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "text/plain; charset=UTF-8");
    if (address.authorization() != null) {
      headers.put("Authorization", address.authorization());
    }
    String told = LIMITER.truncate(text, MAX_BODY_BYTES);
    return new HttpDeliveryRequest(
        "healthchecks",
        check.channel().name(),
        whole.reveal(),
        headers,
        told.getBytes(StandardCharsets.UTF_8));
  }

  /** The same for every event of a run: by it the server knows how long the run took. */
  private static String runId(String run) {
    return UUID.nameUUIDFromBytes(run.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static String pathSuffix(Notification message, Channel.Healthchecks.Ping warning) {
    // what is told again, made up or about another channel changes no check
    if (!(message instanceof Event event) || event.data().reminder() || event.data().test()) {
      return LOG_PATH;
    }
    return switch (event.data().state()) {
      case "started" -> "/start";
      case "failed", "missed" -> FAIL_PATH;
      case "warning" ->
          switch (warning) {
            case SUCCESS -> "";
            case FAIL -> FAIL_PATH;
            case LOG -> LOG_PATH;
          };
      default -> "";
    };
  }
}
