package io.github.camelakeeba.s3;

import io.github.camelakeeba.secret.Secret;
import java.nio.file.Path;

/**
 * Who asks: a pair of keys, each given here or in a file, which is read at each request; without
 * one the client looks where all of Amazon's tools do.
 *
 * @param sessionToken for keys that end after a while; null: none
 */
record S3Credentials(Key accessKey, Key secretKey, Key sessionToken) {
  /** A value, or the file that holds it; the other one is null. */
  record Key(Secret value, Path file) {}
}
