/**
 * Backups of Akeeba sites as Camel routes: packages by concept, see {@code docs/explanation.md}.
 */
package io.github.camelakeeba;
