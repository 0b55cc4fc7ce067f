/** The resources of the HTTP API. */
@Internal
package io.github.camelakeeba.rest;

import io.github.camelakeeba.Internal;
