/** What concerns a Camel exchange alone: isolation, errors of the JVM, replies of a host route. */
@Internal
package io.github.camelakeeba.exchange;

import io.github.camelakeeba.Internal;
