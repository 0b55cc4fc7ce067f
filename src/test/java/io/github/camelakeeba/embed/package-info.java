/** The product in other Camel applications: Camel Main, plain Java, and hosts that mean it harm. */
package io.github.camelakeeba.embed;
