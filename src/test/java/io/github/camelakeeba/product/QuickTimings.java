package io.github.camelakeeba.product;

import io.github.camelakeeba.config.Timings;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Timings for tests whose promise does not depend on the shipped ones. What others compare
 * themselves with stays large against the pauses of a busy machine, and as many times what it is
 * compared with as in the product.
 */
public final class QuickTimings {
  /** What tests run with unless they say otherwise. */
  public static final Timings QUICK =
      Timings.SHIPPED.with(
          Map.ofEntries(
              Map.entry("heartbeatInterval", 500L),
              Map.entry("nodeTimeout", 6_000L),
              Map.entry("settleTime", 3_000L),
              Map.entry("secondPollPause", 300L),
              Map.entry("startPause", 200L),
              Map.entry("watchdogInterval", 500L),
              Map.entry("triggerInterval", 500L),
              Map.entry("proofInterval", 500L),
              Map.entry("recheckInterval", 500L),
              Map.entry("deliveryInterval", 200L),
              Map.entry("firstRetryPause", 200L),
              Map.entry("holdPause", 300L),
              Map.entry("maxHoldPause", 2_000L),
              Map.entry("followerInterval", 1_000L),
              Map.entry("inspectionInterval", 500L),
              Map.entry("shutdownTimeout", 3_000L)));

  private QuickTimings() {}

  /** The option of a JVM that is to run with these. */
  public static String option(Timings timings) {
    return timings.values().entrySet().stream()
        .map(value -> value.getKey() + "=" + value.getValue())
        .collect(Collectors.joining(",", "-D" + Timings.PROPERTY + "=", ""));
  }
}
