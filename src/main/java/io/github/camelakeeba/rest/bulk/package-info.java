/** Requests of the HTTP API for the backups of many sites. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.rest.bulk;
