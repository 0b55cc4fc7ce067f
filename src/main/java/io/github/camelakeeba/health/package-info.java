/** Camel health checks: liveness, and what an operator must know. */
@Internal
package io.github.camelakeeba.health;

import io.github.camelakeeba.Internal;
