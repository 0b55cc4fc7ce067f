/** How a command gets its work done: by the running serve's API, or in this process. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.app.cli.backend;
