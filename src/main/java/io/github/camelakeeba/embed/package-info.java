/** The product as a part of somebody else's Camel application. */
package io.github.camelakeeba.embed;
