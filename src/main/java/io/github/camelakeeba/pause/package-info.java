/** Pauses of sites: their schedules are skipped, and no backup is missed meanwhile. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.pause;
