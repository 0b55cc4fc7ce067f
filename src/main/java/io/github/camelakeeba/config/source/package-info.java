/** Reads lists of sites from files, over HTTP and by Camel, and keeps the last good copy. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.config.source;
