/** Reads what a site answered: the envelope in PHP's noise, lenient fields, and errors as kinds. */
@Internal
package io.github.camelakeeba.akeeba.answer;

import io.github.camelakeeba.Internal;
