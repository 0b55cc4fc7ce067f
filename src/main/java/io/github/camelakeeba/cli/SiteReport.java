package io.github.camelakeeba.cli;

import io.github.camelakeeba.akeeba.Answer;
import io.github.camelakeeba.akeeba.AnswerParser;
import io.github.camelakeeba.akeeba.Profile;
import io.github.camelakeeba.akeeba.ServerVersion;
import io.github.camelakeeba.site.Site;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** What the command {@code test} found at a site. */
public final class SiteReport {
  private final AnswerParser parser;

  SiteReport(AnswerParser parser) {
    this.parser = parser;
  }

  /**
   * What was found.
   *
   * @param endpoint without a credential
   * @param api the API level
   */
  public record Found(
      String site,
      String endpoint,
      String product,
      String version,
      String edition,
      int api,
      List<Profile> profiles) {}

  /** Reads both answers; throws what the parser throws. */
  public Found of(
      @Body Site site, @Variable("version") Answer version, @Variable("profiles") Answer profiles) {
    ServerVersion server = parser.version(version);
    return new Found(
        site.name(),
        site.url().toString(),
        product(site),
        server.version(),
        server.edition(),
        server.api(),
        parser.profiles(profiles));
  }

  /** The endpoint tells it; the API level does not: WordPress and Solo share theirs. */
  private static String product(Site site) {
    String url = site.url().toString();
    if (url.contains("admin-ajax.php")) {
      return "Akeeba Backup for WordPress";
    }
    return url.contains("akeeba") ? "Akeeba Backup for Joomla" : "Akeeba Solo";
  }
}
