/** Reads sites.yaml, and names every problem by file, line and key. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.config.yaml;
