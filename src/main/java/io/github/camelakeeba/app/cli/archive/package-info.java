/** The commands that read archives, wherever these lie. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.app.cli.archive;
