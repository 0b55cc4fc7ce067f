package io.github.camelakeeba.config;

import io.github.camelakeeba.Internal;
import io.github.camelakeeba.secret.Secret;

/**
 * An image that shows whoever knows its key how a site stands, or all sites with a tag.
 *
 * @param key of its address
 * @param site its name, or null
 * @param tag or null; one of the two is there
 */
@Internal
public record Badge(Secret key, String site, String tag) {}
