package io.github.camelakeeba.app.cli.archive;

import io.github.camelakeeba.akeeba.AkeebaException;
import io.github.camelakeeba.akeeba.ErrorKind;
import io.github.camelakeeba.app.cli.backend.StoreReader;
import io.github.camelakeeba.app.cli.output.UnknownSiteErrors;
import io.github.camelakeeba.archive.format.ArchiveSource;
import io.github.camelakeeba.census.Census;
import io.github.camelakeeba.config.Configuration;
import io.github.camelakeeba.config.ConfigurationException;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.keep.ArchiveQuery;
import io.github.camelakeeba.keep.LocatedArchive;
import io.github.camelakeeba.keep.StoredArchive;
import io.github.camelakeeba.secret.Secret;
import io.github.camelakeeba.secret.SecretMasker;
import io.github.camelakeeba.secret.UntrustedText;
import io.github.camelakeeba.service.Home;
import io.github.camelakeeba.service.OfflineHome;
import io.github.camelakeeba.service.Service;
import io.github.camelakeeba.service.StartModes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An archive that a command can read, also beside a running serve.
 *
 * @param located where it is; null: in files that the command names
 * @param stored as the catalog has it; null: in files that the command names, or not at home
 * @param counted what was counted in it when it was downloaded; null: that is not known
 * @param passwords candidates, should it be encrypted
 * @param service reads it from an endpoint or a site; null: from files
 */
public record OpenArchive(
    ArchiveSource source,
    LocatedArchive located,
    StoredArchive stored,
    Census counted,
    List<Secret> passwords,
    Service service)
    implements AutoCloseable {

  /** Of files; needs no configuration, but for passwords of an encrypted archive. */
  public static OpenArchive ofFiles(Home home, ArchiveSource source, Secret password) {
    boolean encrypted = source.name().toLowerCase(Locale.ROOT).endsWith(".jps");
    List<Secret> passwords =
        password != null ? List.of(password) : encrypted ? configured(home) : List.of();
    return new OpenArchive(source, null, null, null, passwords, null);
  }

  private static List<Secret> configured(Home home) {
    if (!Files.exists(home.config().resolve("sites.yaml"))) {
      return List.of();
    }
    try {
      Optional<OfflineHome> read = OfflineHome.read(home);
      if (read.isPresent()) {
        return passwords(read.get().configuration().sites().values());
      }
      try (Service service = Service.start(home, StartModes.unstored(home))) {
        return passwords(service.configuration().sites().values());
      }
    } catch (Exception e) {
      System.err.printf(
          "The passwords of sites.yaml are not known: %s%n",
          UntrustedText.asReason(SecretMasker.mask(String.valueOf(e.getMessage()))));
      return List.of();
    }
  }

  private static List<Secret> passwords(Collection<Site> sites) {
    return sites.stream()
        .map(site -> site.proof().archivePassword())
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  /**
   * Of a site's backup. Throws {@link ConfigurationException} for an unknown site, and {@link
   * io.github.camelakeeba.akeeba.AkeebaException} where there is no archive.
   */
  public static OpenArchive ofSite(Home home, String name, String id, Secret password)
      throws Exception {
    return open(home, name, id, password, (service, query) -> service.archives().find(query));
  }

  /** The same; one that is said to be at home is read there, or is gone: {@code verification}. */
  public static OpenArchive ofHome(Home home, String name, String id, Secret password)
      throws Exception {
    return open(
        home,
        name,
        id,
        password,
        (service, query) ->
            query.stored() == null
                ? service.archives().find(query)
                : service
                    .archives()
                    .at(query.site(), query.stored())
                    .orElseThrow(() -> gone(query.stored())));
  }

  private static AkeebaException gone(StoredArchive stored) {
    return new AkeebaException(
        ErrorKind.VERIFICATION,
        stored.local()
            ? "Files of the archive of backup %s are gone from %s: %s."
                .formatted(
                    stored.recordId(),
                    stored.location(),
                    stored.files().stream()
                        .filter(name -> !Files.isRegularFile(Path.of(stored.location(), name)))
                        .collect(Collectors.joining(", ")))
            : "The archive of backup %s is at %s, which can't be read from here."
                .formatted(stored.recordId(), stored.location()));
  }

  private interface Search {
    LocatedArchive find(Service service, ArchiveQuery query);
  }

  private static OpenArchive open(Home home, String name, String id, Secret password, Search search)
      throws Exception {
    Service service = Service.start(home, StartModes.unstored(home));
    try {
      Configuration configuration = service.configuration();
      Site site = configuration.sites().get(name);
      if (site == null) {
        throw UnknownSiteErrors.of(name, configuration.sites().keySet());
      }
      Kept kept = kept(home, ArchiveQuery.of(site, id));
      LocatedArchive located = search.find(service, new ArchiveQuery(site, id, kept.stored()));
      List<Secret> passwords = new ArrayList<>();
      if (password != null) {
        passwords.add(password);
      } else {
        passwords.addAll(passwords(List.of(site)));
        passwords.addAll(passwords(configuration.sites().values()));
      }
      return new OpenArchive(
          located.source(),
          located,
          kept.stored(),
          kept.counted(),
          passwords.stream().distinct().toList(),
          service);
    } catch (Exception e) {
      service.close();
      throw e;
    }
  }

  /** Both null: there is none in the store. */
  private record Kept(StoredArchive stored, Census counted) {
    static final Kept NOTHING = new Kept(null, null);
  }

  /** As the store of the home has it, or the serve that has it open. */
  private static Kept kept(Home home, ArchiveQuery query) {
    try (StoreReader store = StoreReader.open(home)) {
      StoredArchive stored = query.newest(store.archives(query.site().name())).orElse(null);
      return stored == null ? Kept.NOTHING : new Kept(stored, counted(store, stored));
    } catch (Exception e) {
      return unknown("What is at home is not known, so the site is asked", e, Kept.NOTHING);
    }
  }

  private static Census counted(StoreReader store, StoredArchive stored) {
    try {
      return store.counted(stored).orElse(null);
    } catch (Exception e) { // such as a serve of an earlier version
      return unknown("What was counted at the download is not known", e, null);
    }
  }

  private static <T> T unknown(String what, Exception why, T instead) {
    System.err.printf(
        "%s: %s%n",
        what, UntrustedText.asReason(SecretMasker.mask(String.valueOf(why.getMessage()))));
    return instead;
  }

  /** For machines. */
  Map<String, Object> members() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("archive", source.name());
    members.put("site", located == null ? null : located.site());
    members.put("id", located == null ? null : located.recordId());
    members.put("backupid", located == null ? null : located.backupid());
    members.put("from", located == null ? null : located.location());
    return members;
  }

  /** For people: where it was read from; "" for files that they have named. */
  String origin() {
    return located == null
        ? ""
        : located.place() == LocatedArchive.Place.SITE
            ? ", read from the site %s,".formatted(located.location())
            : ", read from %s,".formatted(located.location());
  }

  @Override
  public void close() throws Exception {
    if (service != null) {
      service.close();
    }
  }
}
