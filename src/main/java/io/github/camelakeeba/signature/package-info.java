/** Signs what webhooks are sent, and verifies what they send us. */
@Internal
package io.github.camelakeeba.signature;

import io.github.camelakeeba.Internal;
