package io.github.camelakeeba.run;

import io.github.camelakeeba.Internal;
import io.github.camelakeeba.run.BackupRequest.IfBusy;

/**
 * What a message leaves open.
 *
 * @param site meant where it names none, or null
 * @param id its id where it has none of its own; of any length
 * @param ifBusy unless it says otherwise
 */
@Internal
public record RequestDefaults(String site, String id, IfBusy ifBusy) {}
