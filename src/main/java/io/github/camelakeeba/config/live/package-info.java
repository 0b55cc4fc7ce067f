/** The configuration that holds now, which a reload replaces while the service runs. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.config.live;
