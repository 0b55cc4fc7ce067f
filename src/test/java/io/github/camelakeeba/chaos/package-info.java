/** Random sequences of faults over many sites, and what must hold whatever happens. */
package io.github.camelakeeba.chaos;
