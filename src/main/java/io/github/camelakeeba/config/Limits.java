package io.github.camelakeeba.config;

import io.github.camelakeeba.Internal;
import java.time.Duration;

/**
 * How much at once.
 *
 * @param concurrent runs at once
 * @param perHost runs at once on one web host
 * @param spread sites that are due at the same instant start spread over so long
 */
@Internal
public record Limits(int concurrent, int perHost, Duration spread) {}
