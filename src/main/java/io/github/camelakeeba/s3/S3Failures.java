package io.github.camelakeeba.s3;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.akeeba.LostResponseException;
import io.github.camelakeeba.akeeba.LostResponseException.SendState;
import io.github.camelakeeba.s3.S3Clients.UnreadableKeyException;
import io.github.camelakeeba.secret.UntrustedText;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Why the server does not do what it is asked, in a sentence without addresses and keys. */
final class S3Failures {
  /** Of the codes with a status of 4xx those that may be gone the next time. */
  private static final Set<String> PASSING =
      Set.of(
          "BadDigest",
          "XAmzContentSHA256Mismatch",
          "XAmzContentChecksumMismatch",
          "IncompleteBody",
          "RequestTimeout",
          "OperationAborted",
          "ConditionalRequestConflict",
          "NoSuchUpload",
          "InvalidPart");

  private S3Failures() {}

  static AkeebaException translate(SdkException thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof UnreadableKeyException file) {
        return new AkeebaException(ErrorKind.CONFIGURATION, file.getMessage(), thrown);
      }
    }
    if (thrown instanceof AwsServiceException answer) {
      return translate(answer);
    }
    String reason = UntrustedText.rootCause(thrown);
    return reason.contains("load credentials") || reason.contains("load region")
        ? new AkeebaException(ErrorKind.CONFIGURATION, reason, thrown)
        : passing(reason, thrown);
  }

  private static AkeebaException translate(AwsServiceException answer) {
    AwsErrorDetails details = answer.awsErrorDetails();
    String code = details == null || details.errorCode() == null ? "" : details.errorCode();
    String text = details == null ? null : details.errorMessage();
    String reason =
        "%s (%sHTTP %s)"
            .formatted(
                text == null || text.isBlank()
                    ? "the server rejects the request"
                    : UntrustedText.asCause(text).replaceFirst("[. ]+$", ""),
                code.isEmpty() ? "" : UntrustedText.asName(code) + ", ",
                answer.statusCode());
    boolean passes =
        answer.statusCode() / 100 == 5 && answer.statusCode() != 501 && answer.statusCode() != 507
            || answer.statusCode() == 429
            || PASSING.contains(code);
    return passes
        ? passing(reason, answer)
        : new AkeebaException(ErrorKind.CONFIGURATION, reason, answer);
  }

  /** It is worth another attempt later. */
  static LostResponseException passing(String reason, Throwable cause) {
    return new LostResponseException(ErrorKind.UNREACHABLE, reason, SendState.UNKNOWN, null, cause);
  }
}
