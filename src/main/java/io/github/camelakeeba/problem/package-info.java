/** Errors of the HTTP API as problem details (RFC 9457). */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.problem;
