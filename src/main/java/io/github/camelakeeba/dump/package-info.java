/**
 * The SQL dump inside an archive: read as a stream, counted, and held against what it should be.
 */
package io.github.camelakeeba.dump;
