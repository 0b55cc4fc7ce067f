package io.github.camelakeeba.schedule;

import java.time.Instant;

/**
 * A fire of a schedule, by its name.
 *
 * @param at when it should have come; after a misfire when it did
 */
public record ScheduleFire(String schedule, Instant at) {}
