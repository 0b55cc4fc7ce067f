/** Who receives an event, by the rules. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.notify;
