/** Errors of the HTTP API as problem details (RFC 9457). */
@Internal
package io.github.camelakeeba.problem;

import io.github.camelakeeba.Internal;
