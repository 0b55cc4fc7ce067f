/** Which archives are downloaded, catalogued, transferred, and deleted when. */
@Internal
package io.github.camelakeeba.keep;

import io.github.camelakeeba.Internal;
