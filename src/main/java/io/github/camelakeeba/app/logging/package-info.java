/** What the program's log layouts need: masked secrets, quiet store failures. */
@Internal
package io.github.camelakeeba.app.logging;

import io.github.camelakeeba.Internal;
