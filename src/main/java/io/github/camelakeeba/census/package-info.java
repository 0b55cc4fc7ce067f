/** What an archive holds, counted while it is read, and compared with the last good one. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.census;
