package io.github.camelakeeba.notify;

import java.util.List;

/** An event and whom to tell. */
public record Post(Event event, List<Recipient> recipients) {}
