/** Reads archives of Akeeba Backup, entry by entry, and proves them whole to their last byte. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.archive.format;
