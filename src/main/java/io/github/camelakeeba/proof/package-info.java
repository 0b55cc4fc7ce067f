/** Restore tests: when one is due, who makes it, what it proved, and what is told of it. */
@Internal
package io.github.camelakeeba.proof;

import io.github.camelakeeba.Internal;
