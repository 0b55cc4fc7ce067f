/** Brokers and servers in the test's own process, and how Camel's components speak with them. */
package io.github.camelakeeba.bus;
