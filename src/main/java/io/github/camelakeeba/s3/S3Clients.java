package io.github.camelakeeba.s3;

import io.github.camelakeeba.s3.S3Credentials.Key;
import io.github.camelakeeba.s3.S3Options.Account;
import io.github.camelakeeba.secret.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** One client for each account: all endpoints of it share its connections. */
final class S3Clients implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(1);

  private final Map<Account, S3Client> clients = new ConcurrentHashMap<>();

  S3Client of(Account account) {
    return clients.computeIfAbsent(account, S3Clients::client);
  }

  /**
   * Checksums are our own, and no body is cut into signed chunks: servers that only speak as S3
   * does know what is as old as S3.
   */
  private static S3Client client(Account account) {
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(CONNECT_TIMEOUT)
                    .socketTimeout(ANSWER_TIMEOUT))
            .credentialsProvider(credentials(account.credentials()))
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .forcePathStyle(account.pathStyle())
            .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false));
    if (account.endpoint() != null) {
      builder.endpointOverride(account.endpoint());
    }
    if (account.region() != null) {
      builder.region(Region.of(account.region()));
    }
    return builder.build();
  }

  private static AwsCredentialsProvider credentials(S3Credentials own) {
    return own == null
        ? DefaultCredentialsProvider.builder().build()
        : () -> keys(own); // read anew each time: a file's content may have changed
  }

  private static AwsCredentials keys(S3Credentials own) {
    String access = read(own.accessKey());
    String secret = read(own.secretKey());
    return own.sessionToken() == null
        ? AwsBasicCredentials.create(access, secret)
        : AwsSessionCredentials.create(access, secret, read(own.sessionToken()));
  }

  private static String read(Key key) {
    try {
      Secret value = key.value() != null ? key.value() : new Secret(Files.readString(key.file()));
      return value.reveal();
    } catch (IOException e) {
      throw unreadable(key.file() + " can't be read", e);
    } catch (IllegalArgumentException e) {
      throw unreadable(key.file() + " is empty", e);
    }
  }

  private static SdkClientException unreadable(String message, Exception cause) {
    return SdkClientException.create(message, new UnreadableKeyException(message, cause));
  }

  /** The file of a key has to be changed first. */
  static final class UnreadableKeyException extends IOException {
    UnreadableKeyException(String message, Exception cause) {
      super(message, cause);
    }
  }

  @Override
  public void close() {
    clients.values().forEach(S3Client::close);
    clients.clear();
  }
}
