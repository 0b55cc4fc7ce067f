/** Reads sites.yaml, and names every problem by file, line and key. */
@Internal
package io.github.camelakeeba.config.yaml;

import io.github.camelakeeba.Internal;
