package io.github.camelakeeba.run;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.site.Endpoint;
import io.github.camelakeeba.site.Product;
import io.github.camelakeeba.site.Site;
import java.net.URI;
import java.util.Map;
import org.apache.camel.Body;

/** The site that a run was begun on: it goes on there, or nowhere. */
public final class RunSite {
  private static final int LONGEST = 2000;

  private final Map<String, Site> sites;
  private final RunStore store;

  /** The sites by name. */
  public RunSite(Map<String, Site> sites, RunStore store) {
    this.sites = sites;
    this.store = store;
  }

  /**
   * Where a run was begun, as its row has it.
   *
   * @param url the site's address as it was configured
   * @param endpoint where the API was; null: too long to be kept
   */
  record Begun(String url, String endpoint) {
    static Begun at(Site site, Endpoint endpoint) {
      String place = endpoint.url().toString();
      return new Begun(
          cut(site.url()),
          place.length() > LONGEST
              ? null
              : endpoint.version().name() + " " + endpoint.product().name() + " " + place);
    }

    private static String cut(URI url) {
      String text = url.toString();
      return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    Endpoint place() {
      String[] parts = endpoint.split(" ", 3);
      return new Endpoint(
          URI.create(parts[2]), Product.valueOf(parts[1]), Endpoint.Version.valueOf(parts[0]));
    }
  }

  /**
   * The endpoint at which the run was begun, or null when it was not begun yet. Throws {@code
   * configuration} when the site has another address by now, or no credential for that endpoint: a
   * step there would be one of somebody else's backup.
   */
  public Endpoint begun(@Body Run run) {
    Begun begun = run.attempts() == 0 ? null : store.begun(run);
    if (begun == null) {
      return null;
    }
    Site site = sites.get(run.site());
    if (!begun.url().equals(Begun.cut(site.url()))) {
      throw changed(
          "The url of %s was changed from %s to %s while this backup was under way: nothing was sent to the new address, and the backup was not gone on with. The next one goes to the new address."
              .formatted(run.site(), begun.url(), site.url()));
    }
    if (begun.endpoint() == null) {
      return null;
    }
    Endpoint place = begun.place();
    boolean token = place.version() == Endpoint.Version.V3;
    if ((token ? site.token() : site.secret()) == null) {
      throw changed(
          "This backup was begun over API %s, which takes the %s, and %s has none any more; nothing was sent since."
              .formatted(place.version().word(), token ? "token" : "secret word", run.site()));
    }
    return place;
  }

  private static AkeebaException changed(String what) {
    return new AkeebaException(ErrorKind.CONFIGURATION, what);
  }
}
