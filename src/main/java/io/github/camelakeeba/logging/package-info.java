/** The site and run of each log line. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.logging;
