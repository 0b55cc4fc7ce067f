/** Which archives are downloaded, catalogued, transferred, and deleted when. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.keep;
