/** The operation of the HTTP API that reloads the configuration. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.rest.reload;
