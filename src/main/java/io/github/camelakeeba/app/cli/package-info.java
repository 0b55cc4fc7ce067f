/** The commands of the program. */
@Internal
package io.github.camelakeeba.app.cli;

import io.github.camelakeeba.Internal;
