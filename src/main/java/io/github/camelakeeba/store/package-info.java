/** The database: connections, migrations, retries, availability. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.store;
