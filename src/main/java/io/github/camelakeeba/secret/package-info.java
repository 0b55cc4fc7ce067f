/** Secrets, and texts from outside that may carry them. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.secret;
