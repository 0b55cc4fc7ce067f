/** Wires the beans and routes together and starts them. */
@Internal
package io.github.camelakeeba.service;

import io.github.camelakeeba.Internal;
