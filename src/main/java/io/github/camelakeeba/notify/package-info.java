/** Who receives an event, by the rules. */
@Internal
package io.github.camelakeeba.notify;

import io.github.camelakeeba.Internal;
