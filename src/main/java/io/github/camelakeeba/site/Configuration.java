package io.github.camelakeeba.site;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Everything that {@code config/sites.yaml} says, complete and checked.
 *
 * @param sites by name, in the file's order
 * @param channels by name, in the file's order
 * @param rules in the file's order; every matching one applies
 * @param triggers in the file's order
 * @param heartbeat null: none
 * @param historyKeep how long ended runs are kept
 */
public record Configuration(
    Map<String, Site> sites,
    Limits limits,
    Duration historyKeep,
    Map<String, Channel> channels,
    List<Rule> rules,
    List<Trigger> triggers,
    Heartbeat heartbeat) {}
