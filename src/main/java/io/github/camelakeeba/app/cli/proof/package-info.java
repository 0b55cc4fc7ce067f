/** The command that restores a backup to test it. */
@Internal
package io.github.camelakeeba.app.cli.proof;

import io.github.camelakeeba.Internal;
