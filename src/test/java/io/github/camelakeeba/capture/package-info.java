/** Recorded exchanges with real Akeeba Backup servers: the truth that tests are measured by. */
package io.github.camelakeeba.capture;
