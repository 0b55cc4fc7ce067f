package io.github.camelakeeba.watch;

import io.github.camelakeeba.outbox.ChannelState;
import java.time.Instant;
import java.util.List;

/**
 * The state of everything, in the configuration's order.
 *
 * @param nodes processes on this store
 * @param configurations the fingerprints of what the living ones run with, each once; empty also
 *     where a part of the sites is seen only
 */
public record StatusView(
    Instant time,
    int nodes,
    List<String> configurations,
    List<SiteView> sites,
    List<ChannelState> channels) {}
