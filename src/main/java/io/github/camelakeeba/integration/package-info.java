/**
 * The ways into the product for other routes: ask for a backup and await its outcome, publish an
 * event.
 */
@Internal
package io.github.camelakeeba.integration;

import io.github.camelakeeba.Internal;
