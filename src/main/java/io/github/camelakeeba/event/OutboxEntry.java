package io.github.camelakeeba.event;

import io.github.camelakeeba.Internal;
import java.util.List;

/** An event and its recipients. */
@Internal
public record OutboxEntry(Event event, List<Recipient> recipients) {}
