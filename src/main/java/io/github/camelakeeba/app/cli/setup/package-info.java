/** What writes a configuration: init, add-site and import. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.app.cli.setup;
