/**
 * What the user configured: sites, limits, channels and rules, read from {@code config/sites.yaml}.
 */
package io.github.camelakeeba.site;
