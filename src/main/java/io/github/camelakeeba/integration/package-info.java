/** For other routes: ask for a backup and await its outcome, publish an event. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.integration;
