/** The commands of the program. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.app.cli;
