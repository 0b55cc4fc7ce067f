/** Camel health checks: liveness, and what an operator must know. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.health;
