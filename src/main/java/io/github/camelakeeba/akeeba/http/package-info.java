/** How a call reaches a site: credentials, connections, bounded responses, redirects, no retry. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.akeeba.http;
