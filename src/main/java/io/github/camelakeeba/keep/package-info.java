/** Which archives are downloaded, catalogued, handed on, and deleted when. */
@Internal
package io.github.camelakeeba.keep;

import io.github.camelakeeba.Internal;
