/** The command line, and the start of the service behind it. */
package io.github.camelakeeba.cli;
