package io.github.camelakeeba.run;

import io.github.camelakeeba.Internal;
import java.util.Collection;
import java.util.function.Predicate;

/**
 * Who asks for a backup by a call.
 *
 * @param trigger {@code api}, or {@code command} of a command beside the service
 * @param name goes into {@code requestedBy}
 * @param visible tells by its tags whether a site is there for the caller
 */
@Internal
public record Requester(String trigger, String name, Predicate<Collection<String>> visible) {}
