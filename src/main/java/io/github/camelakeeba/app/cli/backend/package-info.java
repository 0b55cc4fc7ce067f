/** How a command gets its work done: by the running serve's API, or in this process. */
@Internal
package io.github.camelakeeba.app.cli.backend;

import io.github.camelakeeba.Internal;
