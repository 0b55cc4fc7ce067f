package io.github.camelakeeba.run.store;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.config.AkeebaProduct;
import io.github.camelakeeba.config.ApiEndpoint;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.run.Run;
import java.net.URI;
import java.util.Map;
import org.apache.camel.Body;

/** The endpoint that a run was begun at: it continues there, or nowhere. */
public final class RunSite {
  private static final int MAX_URL_LENGTH = 2000;

  private final Map<String, Site> sites;
  private final RunRepository store;

  public RunSite(Map<String, Site> sites, RunRepository store) {
    this.sites = sites;
    this.store = store;
  }

  /** Where a run was begun: the site's configured url; the API's, null: too long to be kept. */
  public record StartLocation(String url, String endpoint) {
    public static StartLocation at(Site site, ApiEndpoint endpoint) {
      String place = endpoint.url().toString();
      return new StartLocation(
          cut(site.url()),
          place.length() > MAX_URL_LENGTH
              ? null
              : endpoint.version().name() + " " + endpoint.product().name() + " " + place);
    }

    private static String cut(URI url) {
      String text = url.toString();
      return text.length() > MAX_URL_LENGTH ? text.substring(0, MAX_URL_LENGTH) : text;
    }

    ApiEndpoint place() {
      String[] parts = endpoint.split(" ", 3);
      return new ApiEndpoint(
          URI.create(parts[2]),
          AkeebaProduct.valueOf(parts[1]),
          ApiEndpoint.Version.valueOf(parts[0]));
    }
  }

  /**
   * The endpoint at which the run was begun, or null when it was not begun yet. Throws {@code
   * configuration} when the site has another address by now, or no credential for that endpoint: a
   * step there would be one of another backup.
   */
  public ApiEndpoint startEndpoint(@Body Run run) {
    StartLocation begun = run.attempts() == 0 ? null : store.startLocation(run);
    if (begun == null) {
      return null;
    }
    Site site = sites.get(run.site());
    if (!begun.url().equals(StartLocation.cut(site.url()))) {
      throw siteChanged(
          "The url of %s was changed from %s to %s while this backup was under way: nothing was sent to the new address, and the backup was not gone on with. The next one goes to the new address."
              .formatted(run.site(), begun.url(), site.url()));
    }
    if (begun.endpoint() == null) {
      return null;
    }
    ApiEndpoint place = begun.place();
    boolean token = place.version() == ApiEndpoint.Version.V3;
    if ((token ? site.token() : site.secret()) == null) {
      throw siteChanged(
          "This backup was begun over API %s, which takes the %s, and %s has none any more; nothing was sent since."
              .formatted(place.version().word(), token ? "token" : "secret word", run.site()));
    }
    return place;
  }

  private static AkeebaException siteChanged(String what) {
    return new AkeebaException(ErrorKind.CONFIGURATION, what);
  }
}
