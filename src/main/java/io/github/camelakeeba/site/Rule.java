package io.github.camelakeeba.site;

import java.util.List;
import java.util.Set;

/**
 * One line of {@code notify}: who is told of what.
 *
 * @param on state words: started, completed, warning, failed, missed, recovered
 * @param sites names of sites; empty: all
 * @param to names of channels
 */
public record Rule(Set<String> on, List<String> sites, List<String> to) {}
