/** A clock that does not jump. */
@Internal
package io.github.camelakeeba.time;

import io.github.camelakeeba.Internal;
