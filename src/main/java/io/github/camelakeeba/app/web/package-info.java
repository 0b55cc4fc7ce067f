/** The embedded web server before the API: tokens, rate limits, slow and large requests. */
@Internal
package io.github.camelakeeba.app.web;

import io.github.camelakeeba.Internal;
