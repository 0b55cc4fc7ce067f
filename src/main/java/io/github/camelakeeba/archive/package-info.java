/** Downloads the archives of a backup and verifies them to their last byte. */
@Internal
package io.github.camelakeeba.archive;

import io.github.camelakeeba.Internal;
