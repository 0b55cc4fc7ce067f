/** What the HTTP API says of restore tests. */
@Internal
package io.github.camelakeeba.rest.proof;

import io.github.camelakeeba.Internal;
