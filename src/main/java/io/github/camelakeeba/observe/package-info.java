/** What the service tells monitoring systems about itself. */
package io.github.camelakeeba.observe;
