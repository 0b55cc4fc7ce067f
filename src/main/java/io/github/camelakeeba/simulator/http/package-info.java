/** The HTTP server of the simulated site, with the faults of real ones. */
package io.github.camelakeeba.simulator.http;
