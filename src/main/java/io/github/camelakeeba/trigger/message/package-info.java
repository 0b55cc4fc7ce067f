/** One inbound message: its identity, payload, signature and reply address. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.trigger.message;
