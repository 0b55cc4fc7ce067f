/** The Akeeba Backup JSON API: what a call and its answer are, and the errors of both. */
@Internal
package io.github.camelakeeba.akeeba;

import io.github.camelakeeba.Internal;
