/** The Akeeba Backup JSON API: what a call and its answer are, and the errors of both. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.akeeba;
