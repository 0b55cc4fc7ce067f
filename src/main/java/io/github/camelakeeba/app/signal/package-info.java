/** Signals of the operating system. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.app.signal;
