/** A run, one backup of one site from the accepted request to its one outcome: its values. */
package io.github.camelakeeba.run;
