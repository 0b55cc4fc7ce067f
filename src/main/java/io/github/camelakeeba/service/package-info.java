/** Wires the beans and routes together and starts them. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.service;
