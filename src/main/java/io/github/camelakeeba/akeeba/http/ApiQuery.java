package io.github.camelakeeba.akeeba.http;

import io.github.camelakeeba.config.Site;

/** A call that is to be made at a site, wherever its API is. */
public record ApiQuery(Site site, RequestBody body) {}
