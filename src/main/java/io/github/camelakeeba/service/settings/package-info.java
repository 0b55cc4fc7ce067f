/** What application.properties says. */
@Internal
package io.github.camelakeeba.service.settings;

import io.github.camelakeeba.Internal;
