package io.github.camelakeeba.event;

import java.util.List;

/** An event and whom to tell. */
public record OutboxEntry(Event event, List<Recipient> recipients) {}
