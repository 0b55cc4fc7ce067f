/**
 * A run: one backup of one site, from the accepted request to its one outcome, kept in the
 * database.
 */
package io.github.camelakeeba.run;
