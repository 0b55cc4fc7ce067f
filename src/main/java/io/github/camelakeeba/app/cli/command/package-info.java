/** What all commands share. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.app.cli.command;
