/** The resources of the HTTP API. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.rest;
