/**
 * A simulated Akeeba Backup site that behaves as the measured servers do; a test fixture for
 * integrators too.
 */
package io.github.camelakeeba.simulator;
