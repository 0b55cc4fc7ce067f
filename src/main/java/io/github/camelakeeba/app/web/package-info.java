/** The embedded web server before the API: tokens, rate limits, slow and large requests. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.app.web;
