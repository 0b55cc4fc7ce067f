/** Takes a changed configuration while the service runs, as a whole or not at all. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.reload;
