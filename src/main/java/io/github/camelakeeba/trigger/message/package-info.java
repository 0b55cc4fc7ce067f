/** One inbound message: its identity, payload, signature and reply address. */
@Internal
package io.github.camelakeeba.trigger.message;

import io.github.camelakeeba.Internal;
