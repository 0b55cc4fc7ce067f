/** Unpacks archives into a folder: nothing outside of it, and nothing half. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.extract;
