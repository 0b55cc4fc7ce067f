/** After a lost response: which call was in flight, what the site says of it, whether to go on. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.backup.recovery;
