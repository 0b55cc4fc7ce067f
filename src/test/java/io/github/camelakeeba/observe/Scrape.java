package io.github.camelakeeba.observe;

import io.github.camelakeeba.product.RunningProduct;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What a monitoring system gets: the pages below /observe, without a token. */
final class Scrape {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (\\w+) (\\w+)$");

  private Scrape() {}

  /** A page. */
  static HttpResponse<String> get(RunningProduct product, String path) throws Exception {
    URI uri = product.service().apiAddress().resolve("/observe/" + path);
    return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }

  /** The metrics. */
  static String of(RunningProduct product) {
    try {
      return get(product, "metrics").body();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The names of all metrics; of a histogram that of its family. */
  static Set<String> names(String scrape) {
    Set<String> names = new TreeSet<>();
    TYPE.matcher(scrape).results().forEach(type -> names.add(type.group(1)));
    return names;
  }

  /** The value of this series, such as {@code backup_runs{state="queued"}}. */
  static double value(String scrape, String series) {
    return scrape
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(series + " is not in:\n" + scrape));
  }
}
