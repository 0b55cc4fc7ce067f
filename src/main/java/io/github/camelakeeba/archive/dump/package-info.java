/**
 * The SQL dump inside an archive: read as a stream, counted, and compared with what the site's own
 * list says.
 */
@Internal
package io.github.camelakeeba.archive.dump;

import io.github.camelakeeba.Internal;
