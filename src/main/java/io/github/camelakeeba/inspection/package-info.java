/** Asks sites for their records: what others have taken, and whether the last good one is there. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.inspection;
