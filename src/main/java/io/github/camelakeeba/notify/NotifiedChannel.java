package io.github.camelakeeba.notify;

import java.util.List;

/**
 * A channel that hears of a site, by the rules of {@code notify}.
 *
 * @param type mail, slack, webhook, …
 * @param on of which states, in the order of {@link NotificationRouter#STATES}
 */
public record NotifiedChannel(String channel, String type, List<String> on) {}
