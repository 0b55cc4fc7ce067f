/** Conversations of several calls: endpoint detection, deletion, profile import, read retries. */
@Internal
package io.github.camelakeeba.akeeba.client;

import io.github.camelakeeba.Internal;
