/** The SQL dump in an archive: read as a stream, counted, compared with the site's own list. */
@Internal
package io.github.camelakeeba.archive.dump;

import io.github.camelakeeba.Internal;
