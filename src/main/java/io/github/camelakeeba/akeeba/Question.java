package io.github.camelakeeba.akeeba;

import io.github.camelakeeba.site.Site;

/** A call that is to be made at a site, wherever its API is. */
public record Question(Site site, RequestBody body) {}
