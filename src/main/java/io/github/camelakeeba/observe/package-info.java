/** Metrics and traces. */
@Internal
package io.github.camelakeeba.observe;

import io.github.camelakeeba.Internal;
