/** The product as part of another Camel application. */
package io.github.camelakeeba.embed;
