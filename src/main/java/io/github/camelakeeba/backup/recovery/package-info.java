/** After a lost response: which call was in flight, what the site says of it, whether to go on. */
@Internal
package io.github.camelakeeba.backup.recovery;

import io.github.camelakeeba.Internal;
