/** The archives that the simulated site writes: JPA, JPS and ZIP as real servers write them. */
package io.github.camelakeeba.simulator.archive;
