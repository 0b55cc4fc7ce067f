package io.github.camelakeeba.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelakeeba.simulator.SimulatedSite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** A user of the site who does not know of us. */
public final class ForeignClient {
  private ForeignClient() {}

  /** Starts a backup by hand, whatever runs there. */
  public static void starts(SimulatedSite site) {
    calls(site, "method=startBackup&profile=1&description=by+hand");
  }

  /** Deletes the files of a backup; its record stays. */
  public static void deletesFiles(SimulatedSite site, long record) {
    calls(site, "method=deleteFiles&backup_id=" + record);
  }

  /** Deletes a backup with its record. */
  public static void deletes(SimulatedSite site, long record) {
    calls(site, "method=delete&backup_id=" + record);
  }

  private static void calls(SimulatedSite site, String body) {
    HttpRequest call =
        HttpRequest.newBuilder(site.url())
            .header("X-Akeeba-Auth", site.secret())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      assertThat(HttpClient.newHttpClient().send(call, BodyHandlers.ofString()).body())
          .contains("\"status\":200");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
