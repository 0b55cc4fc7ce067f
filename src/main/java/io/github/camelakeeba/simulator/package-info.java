/** A simulated Akeeba Backup site, as the measured servers behave; integrators test with it. */
package io.github.camelakeeba.simulator;
