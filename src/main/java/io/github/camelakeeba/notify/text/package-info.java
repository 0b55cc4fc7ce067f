/** The texts of messages: data models, templates, escaping, limits. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.notify.text;
