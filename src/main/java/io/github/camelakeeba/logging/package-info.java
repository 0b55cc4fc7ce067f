/** The site and run of each log line. */
@Internal
package io.github.camelakeeba.logging;

import io.github.camelakeeba.Internal;
