package io.github.camelakeeba.akeeba.client;

import io.github.camelakeeba.akeeba.CallDelay;
import io.github.camelakeeba.config.ApiEndpoint;

/**
 * A call that only reads is sent again.
 *
 * @param attempts calls without an answer so far
 * @param pause milliseconds to wait before the next one
 * @param endpoint where the API is; null: no longer there, so that it is searched for first
 */
public record ReadRetry(int attempts, long pause, ApiEndpoint endpoint) implements CallDelay {}
