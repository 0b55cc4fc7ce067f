/** Images that say how sites stand, for whoever knows their keys. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.rest.badge;
