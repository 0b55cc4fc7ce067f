/** What application.properties says. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.service.settings;
