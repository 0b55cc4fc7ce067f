/** The decisions of one backup: preflight, start, steps, verification, completion. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.backup;
