package io.github.camelakeeba.rest;

import io.github.camelakeeba.outbox.Outbox;
import java.util.List;
import java.util.Map;

public final class OutboxResource {
  private final OutboxAdmin admin;
  private final Outbox outbox;

  public OutboxResource(OutboxAdmin admin, Outbox outbox) {
    this.admin = admin;
    this.outbox = outbox;
  }

  /** The oldest first: of one channel or all, all or only parked ones; by default 100. */
  public RestResponse messages(Object channel, Object parked, Object limit) {
    return RestResponse.json(
        200,
        admin.messages(
            QueryParameters.singleValue("channel", channel),
            QueryParameters.flag("parked", parked),
            QueryParameters.limit(limit, 100)));
  }

  /** Makes messages due: ids with commas between, or given several times; null or empty: all. */
  public RestResponse retry(Object channel, Object ids) {
    int retried = admin.retry(QueryParameters.singleValue("channel", channel), numbers(ids));
    outbox.resetCircuitBreakers();
    return RestResponse.json(200, Map.of("retried", retried));
  }

  private static List<Long> numbers(Object ids) {
    List<String> texts = QueryParameters.list(ids);
    if (texts.size() > 1_000 || !texts.stream().allMatch(text -> text.matches("\\d{1,18}"))) {
      throw QueryParameters.invalid(
          "the parameter 'id' holds up to 1000 numbers of messages, separated by commas");
    }
    return texts.stream().map(Long::valueOf).toList();
  }
}
