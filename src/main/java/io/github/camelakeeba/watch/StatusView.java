package io.github.camelakeeba.watch;

import io.github.camelakeeba.outbox.ChannelState;
import java.time.Instant;
import java.util.List;

/**
 * The state of everything.
 *
 * @param time when it was read
 * @param nodes how many processes work on this store
 * @param sites in the configuration's order
 * @param channels in the configuration's order
 */
public record StatusView(
    Instant time, int nodes, List<SiteView> sites, List<ChannelState> channels) {}
