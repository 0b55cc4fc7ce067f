/** A clock that does not jump. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.time;
