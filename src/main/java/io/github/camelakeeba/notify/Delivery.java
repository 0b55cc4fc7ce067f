package io.github.camelakeeba.notify;

/**
 * One row of the outbox: an event on its way to one channel.
 *
 * @param id the row's number
 * @param channel the channel's name
 * @param event what to tell
 * @param attempts deliveries tried before this one
 */
public record Delivery(long id, String channel, Event event, int attempts) {}
