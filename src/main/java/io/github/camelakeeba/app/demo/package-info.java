/** The demo: simulated sites and the screen that shows what happens. */
@Internal
package io.github.camelakeeba.app.demo;

import io.github.camelakeeba.Internal;
