/** The decisions of one backup: preflight, start, steps, verification, completion. */
@Internal
package io.github.camelakeeba.backup;

import io.github.camelakeeba.Internal;
