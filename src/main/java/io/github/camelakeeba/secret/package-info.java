/** Secrets, and texts from outside that may carry them. */
@Internal
package io.github.camelakeeba.secret;

import io.github.camelakeeba.Internal;
