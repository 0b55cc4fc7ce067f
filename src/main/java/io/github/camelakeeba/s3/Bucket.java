package io.github.camelakeeba.s3;

import io.github.camelakeeba.akeeba.AkeebaException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The objects of a bucket, each with what it is known by as ours: whose backup it is of, and its
 * checksum. Needs the permissions {@code s3:ListBucket}, {@code s3:GetObject}, {@code s3:PutObject}
 * and, where it deletes, {@code s3:DeleteObject}. Throws {@link AkeebaException}.
 */
final class Bucket {
  private static final String BACKUPID = "camel-akeeba-backup-id";
  private static final String SHA256 = "camel-akeeba-backup-sha256";

  private final S3Client client;
  private final S3Options options;

  Bucket(S3Client client, S3Options options) {
    this.client = client;
    this.options = options;
  }

  <T> T ask(Function<S3Client, T> request) {
    try {
      return request.apply(client);
    } catch (SdkException e) {
      throw S3Failures.translate(e);
    }
  }

  String name() {
    return options.bucket();
  }

  String key(String fileName) {
    return options.prefix() + fileName;
  }

  /** What an object of ours is stored with. */
  static Map<String, String> metadata(Content content, String backupid) {
    Map<String, String> metadata = new HashMap<>();
    metadata.put(SHA256, content.sha256());
    if (backupid != null) {
      metadata.put(BACKUPID, ascii(backupid));
    }
    return metadata;
  }

  private static String ascii(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  static String sha256(HeadObjectResponse object) {
    return object.metadata().get(SHA256);
  }

  /** Whether this program has stored it, for this backup, or for any where that is null. */
  static boolean isOurs(HeadObjectResponse object, String backupid) {
    return sha256(object) != null
        && (backupid == null || Objects.equals(object.metadata().get(BACKUPID), ascii(backupid)));
  }

  /** The object of this key. */
  Optional<HeadObjectResponse> find(String key) {
    return ask(
        s3 -> {
          try {
            return Optional.of(
                s3.headObject(
                    head -> head.bucket(name()).key(key).checksumMode(ChecksumMode.ENABLED)));
          } catch (S3Exception e) {
            if (e.statusCode()
                == 404) { // also where there is no bucket: it says so when it is sent
              return Optional.empty();
            }
            if (e.statusCode() < 500) {
              // an answer to HEAD has no body that could say why it is refused
              s3.listObjectsV2(list -> list.bucket(name()).prefix(key).maxKeys(1));
            }
            throw e;
          }
        });
  }

  /** Its bytes, which the reader compares with the checksum and closes. */
  InputStream open(String key) {
    return ask(s3 -> s3.getObject(get -> get.bucket(name()).key(key)));
  }

  void delete(String key, Duration limit) {
    ask(
        s3 ->
            s3.deleteObject(
                delete ->
                    delete
                        .bucket(name())
                        .key(key)
                        .overrideConfiguration(one -> one.apiCallTimeout(limit))));
  }
}
