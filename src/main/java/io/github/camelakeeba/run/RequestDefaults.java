package io.github.camelakeeba.run;

import io.github.camelakeeba.Internal;
import io.github.camelakeeba.run.BackupRequest.IfBusy;

/**
 * What a message leaves open: the site, or null; its id, of any length; what to do if busy; and who
 * sends it.
 */
@Internal
public record RequestDefaults(String site, String id, IfBusy ifBusy, String requestedBy) {}
