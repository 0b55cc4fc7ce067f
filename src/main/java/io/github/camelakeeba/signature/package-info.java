/** Signs what webhooks are sent, and verifies what they send us. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.signature;
