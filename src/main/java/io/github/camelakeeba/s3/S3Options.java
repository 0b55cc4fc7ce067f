package io.github.camelakeeba.s3;

import io.github.camelakeeba.s3.S3Credentials.Key;
import io.github.camelakeeba.secret.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;

/**
 * What an endpoint's URI says.
 *
 * @param account where its bucket is, and who asks
 * @param prefix what each key begins with: empty, or with a slash at its end
 * @param partSize bytes of each part of a file that is too large for one request
 * @param storageClass the bucket's name of it; null: the bucket's own
 * @param encryption {@code AES256} or {@code aws:kms}; null: the bucket's own
 * @param kmsKeyId the key for {@code aws:kms}; null: the bucket's own
 * @param fileName the file that is sent, read or deleted; null: the header says it
 * @param backupid whose file is deleted; null: any of ours
 * @param delete whether what is polled is deleted there in place of being read
 */
record S3Options(
    Account account,
    String bucket,
    String prefix,
    long partSize,
    String storageClass,
    String encryption,
    String kmsKeyId,
    String fileName,
    String backupid,
    boolean delete) {
  static final String NAMES =
      "accessKey, accessKeyFile, secretKey, secretKeyFile, sessionToken, sessionTokenFile, region,"
          + " endpoint, pathStyle, partSize, storageClass, encryption, kmsKeyId, fileName";

  private static final long MIB = 1024 * 1024;
  private static final int DEFAULT_PART = 16; // MiB; 5 is the least that S3 accepts, 5 GiB the most

  /**
   * An account of a server.
   *
   * @param endpoint null: Amazon's
   * @param region null: where Amazon's tools find it
   * @param credentials null: where Amazon's tools find them
   */
  record Account(URI endpoint, String region, boolean pathStyle, S3Credentials credentials) {}

  /** Throws {@link IllegalArgumentException} that names the option, and no value of a secret. */
  static S3Options take(String location, Map<String, Object> parameters) {
    Query query = new Query(parameters);
    String path = location.replaceFirst("^/+", "");
    String bucket = path.replaceFirst("/.*", "");
    if (!bucket.matches("[a-zA-Z0-9][a-zA-Z0-9._-]{1,253}")) {
      throw new IllegalArgumentException(
          "the bucket is missing, or is no name of one; write s3://bucket/folder?…");
    }
    String prefix = path.substring(bucket.length()).replaceAll("^/+|/+$", "");
    URI endpoint = endpoint(query.text("endpoint"));
    String region = query.text("region");
    S3Options options =
        new S3Options(
            new Account(
                endpoint,
                region == null && endpoint != null ? "us-east-1" : region,
                query.flag("pathStyle", endpoint != null),
                credentials(query)),
            bucket,
            prefix.isEmpty() ? "" : prefix + "/",
            partSize(query.text("partSize")),
            query.text("storageClass"),
            encryption(query.text("encryption")),
            query.text("kmsKeyId"),
            query.text("fileName"),
            query.text("backupid"),
            query.flag("delete", false));
    if (!parameters.isEmpty()) {
      throw new IllegalArgumentException(
          "s3 has no option %s; it has %s"
              .formatted(String.join(", ", new TreeSet<>(parameters.keySet())), NAMES));
    }
    return options;
  }

  private static URI endpoint(String text) {
    if (text == null) {
      return null;
    }
    if (!text.matches("(?i)https?://[^/?#@]+/?")) {
      throw new IllegalArgumentException(
          "endpoint must be the server's address, such as https://s3.example.com");
    }
    return URI.create(text);
  }

  private static S3Credentials credentials(Query query) {
    Key access = query.key("accessKey");
    Key secret = query.key("secretKey");
    Key token = query.key("sessionToken");
    if ((access == null) != (secret == null) || access == null && token != null) {
      throw new IllegalArgumentException(
          "accessKey and secretKey (or accessKeyFile and secretKeyFile) belong together; without"
              + " both the client looks for credentials where Amazon's tools do");
    }
    return access == null ? null : new S3Credentials(access, secret, token);
  }

  private static long partSize(String text) {
    if (text == null) {
      return DEFAULT_PART * MIB;
    }
    if (!text.matches("\\d{1,4}") || Integer.parseInt(text) < 5 || Integer.parseInt(text) > 5120) {
      throw new IllegalArgumentException("partSize must be a number of MiB from 5 to 5120");
    }
    return Integer.parseInt(text) * MIB;
  }

  private static String encryption(String text) {
    if (text != null && !text.equals("AES256") && !text.equals("aws:kms")) {
      throw new IllegalArgumentException("encryption must be AES256 or aws:kms");
    }
    return text;
  }

  /** Takes out what it has answered. */
  private record Query(Map<String, Object> parameters) {
    String text(String name) {
      Object value = parameters.remove(name);
      return value == null || value.toString().isBlank() ? null : value.toString().strip();
    }

    boolean flag(String name, boolean otherwise) {
      String text = text(name);
      if (text != null && !text.matches("true|false")) {
        throw new IllegalArgumentException(name + " must be true or false");
      }
      return text == null ? otherwise : Boolean.parseBoolean(text);
    }

    Key key(String name) {
      String value = text(name);
      String file = text(name + "File");
      if (value != null && file != null) {
        throw new IllegalArgumentException("write %s or %sFile, not both".formatted(name, name));
      }
      return value == null && file == null
          ? null
          : new Key(value == null ? null : new Secret(value), file == null ? null : Path.of(file));
    }
  }
}
