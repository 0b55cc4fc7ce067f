/** The durable queue of messages: claims, retries, windows, digests, and what was parked. */
@Internal
package io.github.camelakeeba.outbox;

import io.github.camelakeeba.Internal;
