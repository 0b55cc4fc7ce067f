/** Metrics and traces. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.observe;
