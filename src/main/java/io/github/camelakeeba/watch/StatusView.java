package io.github.camelakeeba.watch;

import io.github.camelakeeba.outbox.ChannelState;
import java.time.Instant;
import java.util.List;

/** The state of everything, in the configuration's order; nodes are processes on this store. */
public record StatusView(
    Instant time, int nodes, List<SiteView> sites, List<ChannelState> channels) {}
