/** The SQL dump in an archive: read as a stream, counted, compared with the site's own list. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.archive.dump;
