package io.github.camelakeeba.s3;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.LostResponseException;
import io.github.camelakeeba.s3.Content.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * A file in parts, of which nothing is seen in the bucket before the last. What was broken off is
 * resumed with the parts that are there; what can't succeed is aborted, so that no part costs.
 */
final class PartsUpload {
  private static final Logger LOG = LoggerFactory.getLogger(PartsUpload.class);

  private final Bucket bucket;
  private final S3Options options;

  PartsUpload(Bucket bucket, S3Options options) {
    this.bucket = bucket;
    this.options = options;
  }

  void send(String key, Content content, String backupid) {
    String upload = resumedOrNew(key, content, backupid);
    try {
      Map<Integer, CompletedPart> there = there(key, upload, content);
      List<CompletedPart> parts = new ArrayList<>();
      for (Part part : content.parts()) {
        CompletedPart done = there.get(part.number());
        parts.add(done != null ? done : send(key, upload, content, part));
      }
      bucket.ask(
          s3 ->
              s3.completeMultipartUpload(
                  complete ->
                      complete
                          .bucket(bucket.name())
                          .key(key)
                          .uploadId(upload)
                          .multipartUpload(all -> all.parts(parts))));
    } catch (LostResponseException e) {
      if (Thread.interrupted()) {
        abort(key, upload);
      }
      throw e; // the next attempt resumes it
    } catch (AkeebaException e) {
      abort(key, upload);
      throw e;
    }
  }

  private String resumedOrNew(String key, Content content, String backupid) {
    List<MultipartUpload> begun = begun(key);
    for (int i = 1; i < begun.size(); i++) {
      abort(key, begun.get(i).uploadId());
    }
    if (!begun.isEmpty()) {
      return begun.get(0).uploadId();
    }
    return bucket
        .ask(
            s3 ->
                s3.createMultipartUpload(
                    create ->
                        create
                            .bucket(bucket.name())
                            .key(key)
                            .contentType("application/octet-stream")
                            .checksumAlgorithm(ChecksumAlgorithm.SHA256)
                            .metadata(Bucket.metadata(content, backupid))
                            .storageClass(options.storageClass())
                            .serverSideEncryption(options.encryption())
                            .ssekmsKeyId(options.kmsKeyId())))
        .uploadId();
  }

  /** Of this very key, the newest first: names of archives are not used again. */
  private List<MultipartUpload> begun(String key) {
    try {
      return bucket
          .ask(s3 -> s3.listMultipartUploads(list -> list.bucket(bucket.name()).prefix(key)))
          .uploads()
          .stream()
          .filter(upload -> upload.key().equals(key))
          .sorted(Comparator.comparing(MultipartUpload::initiated).reversed())
          .toList();
    } catch (LostResponseException e) {
      throw e;
    } catch (AkeebaException e) {
      LOG.debug("unfinished uploads are not listed: {}", e.getMessage());
      return List.of(); // not permitted, or not known to the server: then begun anew
    }
  }

  private Map<Integer, CompletedPart> there(String key, String upload, Content content) {
    Map<Integer, CompletedPart> there = new HashMap<>();
    bucket.ask(
        s3 -> {
          s3.listPartsPaginator(list -> list.bucket(bucket.name()).key(key).uploadId(upload))
              .parts()
              .forEach(
                  found -> {
                    if (found.partNumber() > content.parts().size()) {
                      return;
                    }
                    Part part = content.parts().get(found.partNumber() - 1);
                    boolean same =
                        found.checksumSHA256() != null
                            ? found.checksumSHA256().equals(part.sha256Base64())
                            : part.md5Hex().equals(unquoted(found.eTag()));
                    if (same && found.size() == part.size()) {
                      there.put(part.number(), completed(part, found.eTag()));
                    }
                  });
          return null;
        });
    return there;
  }

  private CompletedPart send(String key, String upload, Content content, Part part) {
    String etag =
        bucket
            .ask(
                s3 ->
                    s3.uploadPart(
                        one ->
                            one.bucket(bucket.name())
                                .key(key)
                                .uploadId(upload)
                                .partNumber(part.number())
                                .checksumSHA256(part.sha256Base64()),
                        ObjectUpload.body(content, part)))
            .eTag();
    return completed(part, etag);
  }

  private static CompletedPart completed(Part part, String etag) {
    return CompletedPart.builder()
        .partNumber(part.number())
        .eTag(etag)
        .checksumSHA256(part.sha256Base64())
        .build();
  }

  private void abort(String key, String upload) {
    try {
      bucket.ask(
          s3 ->
              s3.abortMultipartUpload(
                  abort -> abort.bucket(bucket.name()).key(key).uploadId(upload)));
    } catch (AkeebaException e) {
      LOG.warn("the parts of {} stay in the bucket: {}", key, e.getMessage());
    }
  }

  static String unquoted(String etag) {
    return etag == null ? "" : etag.replace("\"", "");
  }
}
