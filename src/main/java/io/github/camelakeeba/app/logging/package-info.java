/** What the program's log layouts need: masked secrets, quiet store failures. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.app.logging;
