/** The database: connections, migrations, retries, availability. */
@Internal
package io.github.camelakeeba.store;

import io.github.camelakeeba.Internal;
