/** Who is told of what, when, and in how many messages: through the whole product. */
package io.github.camelakeeba.told;
