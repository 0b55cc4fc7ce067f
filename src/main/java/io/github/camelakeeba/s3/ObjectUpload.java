package io.github.camelakeeba.s3;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.LostResponseException;
import io.github.camelakeeba.s3.Content.Part;
import io.github.camelakeeba.secret.UntrustedText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Stores a file, and then asks the server what it has: an object is never taken for the file until
 * its checksum says so. Until then there is none of this name, whatever breaks off.
 */
final class ObjectUpload {
  private static final Duration DELETION_LIMIT = Duration.ofSeconds(10);

  private final Bucket bucket;
  private final S3Options options;
  private final PartsUpload parts;

  ObjectUpload(Bucket bucket, S3Options options) {
    this.bucket = bucket;
    this.options = options;
    this.parts = new PartsUpload(bucket, options);
  }

  /**
   * Nothing is sent when it is there, as after a kill. Throws {@code configuration} when an object
   * of this name is another's, or the server refuses; {@link LostResponseException} when it may
   * accept it later.
   */
  void send(String fileName, Content content, String backupid) {
    String key = bucket.key(fileName);
    Optional<HeadObjectResponse> there = bucket.find(key);
    if (there.isPresent()) {
      if (!Bucket.isOurs(there.get(), backupid)) {
        throw new AkeebaException(
            ErrorKind.CONFIGURATION,
            "there is another object %s, which this program has not stored for this backup; it stays"
                .formatted(key));
      }
      if (isStored(key, there.get(), content)) {
        return;
      }
    }
    if (content.parts().size() == 1) {
      putWhole(key, content, backupid);
    } else {
      parts.send(key, content, backupid);
    }
    HeadObjectResponse stored =
        bucket
            .find(key)
            .orElseThrow(
                () -> S3Failures.passing("the server has accepted it, but does not have it", null));
    if (!isStored(key, stored, content)) {
      if (Bucket.isOurs(stored, backupid)) {
        bucket.delete(key, DELETION_LIMIT);
      }
      throw S3Failures.passing(
          "the server has stored something else than it was sent: its checksum is another", null);
    }
  }

  private void putWhole(String key, Content content, String backupid) {
    Part whole = content.parts().get(0);
    Map<String, String> metadata = Bucket.metadata(content, backupid);
    PutObjectRequest put =
        PutObjectRequest.builder()
            .bucket(bucket.name())
            .key(key)
            .checksumSHA256(whole.sha256Base64())
            .metadata(metadata)
            .storageClass(options.storageClass())
            .serverSideEncryption(options.encryption())
            .ssekmsKeyId(options.kmsKeyId())
            .build();
    bucket.ask(s3 -> s3.putObject(put, body(content, whole)));
  }

  static RequestBody body(Content content, Part part) {
    return RequestBody.fromContentProvider(
        () -> content.open(part), part.size(), "application/octet-stream");
  }

  /**
   * By the checksum that the server has made, else by its ETag. An ETag need not be made of the
   * content: where it says nothing, the object is read back.
   */
  private boolean isStored(String key, HeadObjectResponse object, Content content) {
    if (object.contentLength() == null
        || object.contentLength() != content.size()
        || !content.sha256().equals(Bucket.sha256(object))) {
      return false;
    }
    if (object.checksumSHA256() != null) {
      return object.checksumSHA256().equals(content.storedSha256());
    }
    return content.etag().equals(PartsUpload.unquoted(object.eTag())) || readsBack(key, content);
  }

  private boolean readsBack(String key, Content content) {
    try (InputStream in = new CheckedInput(bucket.open(key), content.sha256())) {
      in.transferTo(OutputStream.nullOutputStream());
      return true;
    } catch (OtherContentException e) {
      return false;
    } catch (IOException e) {
      throw S3Failures.passing("it can't be read back: " + UntrustedText.rootCause(e), e);
    }
  }
}
