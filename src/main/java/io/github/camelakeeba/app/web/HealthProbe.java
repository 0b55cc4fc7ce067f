package io.github.camelakeeba.app.web;

import io.github.camelakeeba.app.cli.output.ExitCode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Asks a health page, where nothing else is there to ask it: the container image has no curl. Exit
 * code 0: it answered 200; 1: anything else, with the answer or the reason on stdout.
 */
public final class HealthProbe {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String PAGE = "http://127.0.0.1:8080/observe/health/live";

  private HealthProbe() {}

  /** Asks the page that is named, else that of a serve on its own port. */
  public static void main(String[] arguments) {
    System.exit(ask(URI.create(arguments.length > 0 ? arguments[0] : PAGE)));
  }

  private static int ask(URI page) {
    try {
      HttpResponse<String> answer =
          HttpClient.newBuilder()
              .connectTimeout(PATIENCE)
              .build()
              .send(
                  HttpRequest.newBuilder(page).timeout(PATIENCE).build(), BodyHandlers.ofString());
      System.out.println(answer.body());
      return answer.statusCode() == 200 ? ExitCode.COMPLETED : ExitCode.FAILED;
    } catch (Exception e) {
      System.out.println(page + ": " + e);
      return ExitCode.FAILED;
    }
  }
}
