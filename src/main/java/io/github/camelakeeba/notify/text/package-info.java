/** The texts of messages: data models, templates, escaping, limits. */
@Internal
package io.github.camelakeeba.notify.text;

import io.github.camelakeeba.Internal;
