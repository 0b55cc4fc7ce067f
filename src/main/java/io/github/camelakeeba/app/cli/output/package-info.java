/** What a command prints: tables, views of runs and archives, progress, exit codes. */
@Internal
package io.github.camelakeeba.app.cli.output;

import io.github.camelakeeba.Internal;
