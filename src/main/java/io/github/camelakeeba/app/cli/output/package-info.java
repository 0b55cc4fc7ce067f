/** What a command prints: tables, views of runs and archives, progress, exit codes. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.app.cli.output;
