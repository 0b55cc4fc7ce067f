/** The durable queue of messages: claims, retries, windows, digests, and what was parked. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.outbox;
