package io.github.camelakeeba.run;

import io.github.camelakeeba.Internal;
import io.github.camelakeeba.config.Site;
import java.util.function.Function;

/**
 * A request for a backup of each of many sites.
 *
 * @param tag which they have, or null: then they are in the state
 * @param state {@code failed} or {@code missed}, or null
 * @param requests gives the request for one of them, which must be enabled
 */
@Internal
public record BulkRequest(String tag, String state, Function<Site, BackupRequest> requests) {}
