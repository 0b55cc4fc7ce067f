package io.github.camelakeeba.rest;

import io.github.camelakeeba.run.RunRefusedException;
import io.github.camelakeeba.run.RunRefusedException.Reason;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.camel.Header;

/** What the HTTP API answers to questions about messages that are not delivered. */
public final class OutboxResource {
  private static final int MAX_LIMIT = 1_000;
  private static final String DEFAULT_LIMIT = "100";

  private final OutboxAdmin admin;

  /** By what this desk knows. */
  public OutboxResource(OutboxAdmin desk) {
    this.admin = desk;
  }

  /**
   * The oldest messages that are not delivered.
   *
   * @param channel of this channel only; null or empty: of all
   * @param parked {@code true}: only those that were given up
   * @param limit at most so many, from 1 to 1,000; by default 100
   */
  public RestResponse messages(
      @Header("channel") String channel,
      @Header("parked") String parked,
      @Header("limit") String limit) {
    if (parked != null && !parked.matches("true|false|")) {
      throw wrong("the parameter 'parked' is true or false");
    }
    return RestResponse.json(
        200, admin.messages(named(channel), "true".equals(parked), number(named(limit))));
  }

  private static int number(String limit) {
    String text = limit == null ? DEFAULT_LIMIT : limit;
    int number = text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
    if (number < 1 || number > MAX_LIMIT) {
      throw wrong("the parameter 'limit' is a whole number from 1 to 1000");
    }
    return number;
  }

  /**
   * Lets messages be tried again at once.
   *
   * @param ids numbers of rows, separated by commas or given several times; null or empty: all
   */
  public RestResponse retry(@Header("channel") String channel, @Header("id") Object ids) {
    return RestResponse.json(200, Map.of("retried", admin.retry(named(channel), numbers(ids))));
  }

  private static List<Long> numbers(Object ids) {
    List<?> given =
        ids instanceof List<?> several ? several : ids == null ? List.of() : List.of(ids);
    List<String> texts =
        given.stream()
            .flatMap(text -> Arrays.stream(String.valueOf(text).split(",")))
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .toList();
    if (texts.size() > MAX_LIMIT || !texts.stream().allMatch(text -> text.matches("\\d{1,18}"))) {
      throw wrong("the parameter 'id' holds up to 1000 numbers of messages, separated by commas");
    }
    return texts.stream().map(Long::valueOf).toList();
  }

  private static String named(String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  private static RunRefusedException wrong(String sentence) {
    return new RunRefusedException(Reason.BAD_REQUEST, sentence);
  }
}
