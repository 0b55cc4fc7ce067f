package io.github.camelakeeba.akeeba;

import io.github.camelakeeba.site.Endpoint;

/**
 * A call that only reads is sent again.
 *
 * @param asked calls in vain so far
 * @param pause milliseconds to wait before the next one
 * @param endpoint where the API is; null: no longer there, so that it is searched for first
 */
public record ReadRetry(int asked, long pause, Endpoint endpoint) implements Paused {}
