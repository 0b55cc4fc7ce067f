/**
 * What concerns a Camel exchange alone: isolation, values, errors of the JVM, replies of a host
 * route.
 */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.exchange;
