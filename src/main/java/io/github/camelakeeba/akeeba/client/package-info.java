/** Conversations of several calls: endpoint detection, deletion, profile import, read retries. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.akeeba.client;
