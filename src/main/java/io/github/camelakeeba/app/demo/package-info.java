/** The demo: simulated sites and the screen that shows what happens. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.app.demo;
