/** Downloads the archives of a backup and verifies them to their last byte. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.archive;
