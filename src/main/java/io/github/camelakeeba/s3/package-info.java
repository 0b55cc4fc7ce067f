/** Archives in a bucket of S3 or of a server that speaks as it does: the Camel component s3. */
@io.github.camelakeeba.Internal
package io.github.camelakeeba.s3;
