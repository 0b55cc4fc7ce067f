/**
 * Loads the dump of an archive into a scratch schema of a real server, and counts what is there.
 */
@Internal
package io.github.camelakeeba.restore;

import io.github.camelakeeba.Internal;
