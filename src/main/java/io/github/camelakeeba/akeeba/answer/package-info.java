/** Reads what a site answered: the envelope in PHP's noise, lenient fields, and errors as kinds. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.akeeba.answer;
