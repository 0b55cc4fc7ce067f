/** How a call reaches a site: credentials, connections, bounded responses, redirects, no retry. */
@Internal
package io.github.camelakeeba.akeeba.http;

import io.github.camelakeeba.Internal;
