package io.github.camelakeeba.notify;

import io.github.camelakeeba.site.Channel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** The bean {@code healthchecks}: which ping tells a check of a message, or of a heartbeat. */
public final class Healthchecks {
  /** Bytes; older servers keep no more. */
  private static final int LONGEST = 10_000;

  private static final Fitting FITTING = new Fitting(Spelling.PLAIN, Fitting::bytes);
  private static final String LOG = "/log";
  private static final String FAIL = "/fail";

  private final Map<String, Check> checks = new LinkedHashMap<>();
  private final Function<Message, ChatText> texts;

  private record Check(Channel.Healthchecks channel, HttpAddress address) {}

  /** For the checks among these channels; texts gives what a ping says. */
  public Healthchecks(Map<String, Channel> channels, Function<Message, ChatText> texts) {
    this.texts = texts;
    for (Channel channel : channels.values()) {
      if (channel instanceof Channel.Healthchecks check) {
        checks.put(check.name(), new Check(check, HttpAddress.of(check.url())));
      }
    }
  }

  /** The ping; a {@link DeliveryException} when the channel is no (longer a) check. */
  public HttpCall of(Delivery delivery) {
    Check check = checks.get(delivery.channel());
    if (check == null) {
      throw new DeliveryException(
          "channel " + delivery.channel() + ": is not configured as a check any more");
    }
    Message message = delivery.message();
    ChatText text = texts.apply(message);
    return ping(
        check,
        ending(message, check.channel().warning()),
        message instanceof Event event ? event.data().run() : null,
        text.text().isEmpty() ? text.title() : text.title() + "\n\n" + text.text());
  }

  /** The ping that says that this service is alive. */
  public HttpCall heartbeat(String channel) {
    return ping(checks.get(channel), "", null, "camel-akeeba-backup does its work");
  }

  private static HttpCall ping(Check check, String ending, String run, String text) {
    HttpAddress address = check.address();
    String path = address.uri().getRawPath().replaceFirst("/+$", "");
    HttpAddress target = address.withPath(path + ending);
    HttpAddress whole = run == null ? target : target.with("rid", rid(run));
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "text/plain; charset=UTF-8");
    if (address.login() != null) {
      headers.put("Authorization", address.login());
    }
    String told = FITTING.fit(text, LONGEST);
    return new HttpCall(
        "healthchecks",
        check.channel().name(),
        whole.clear(),
        headers,
        told.getBytes(StandardCharsets.UTF_8));
  }

  /** The same for every event of a run: by it the server knows how long the run took. */
  private static String rid(String run) {
    return UUID.nameUUIDFromBytes(run.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static String ending(Message message, Channel.Healthchecks.Ping warning) {
    // what is told again, made up or about another channel changes no check
    if (!(message instanceof Event event) || event.data().reminder() || event.data().test()) {
      return LOG;
    }
    return switch (event.data().state()) {
      case "started" -> "/start";
      case "failed", "missed" -> FAIL;
      case "warning" ->
          switch (warning) {
            case SUCCESS -> "";
            case FAIL -> FAIL;
            case LOG -> LOG;
          };
      default -> "";
    };
  }
}
