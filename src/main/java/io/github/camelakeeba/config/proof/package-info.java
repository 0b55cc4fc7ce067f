/** What sites.yaml says of how a site's archives are read, compared and restored to prove them. */
@Internal
package io.github.camelakeeba.config.proof;

import io.github.camelakeeba.Internal;
