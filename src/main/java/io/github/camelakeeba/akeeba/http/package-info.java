/**
 * How a call reaches a site: credentials, one connection a run, bounded responses, redirects, and
 * no repetition by itself.
 */
@Internal
package io.github.camelakeeba.akeeba.http;

import io.github.camelakeeba.Internal;
