package io.github.camelakeeba.config;

import io.github.camelakeeba.Internal;
import java.time.Duration;

/**
 * The pings that say that this service is alive and does its work.
 *
 * @param channel the name of a channel of the type healthchecks
 * @param every the time between two pings
 */
@Internal
public record Heartbeat(String channel, Duration every) {}
