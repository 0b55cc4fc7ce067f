package io.github.camelakeeba.config.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelakeeba.config.AbsoluteUrl;
import io.github.camelakeeba.config.ApiEndpoint;
import io.github.camelakeeba.config.DidYouMean;
import io.github.camelakeeba.config.DownloadSettings;
import io.github.camelakeeba.config.Durations;
import io.github.camelakeeba.config.FileEncoding;
import io.github.camelakeeba.config.RemoteFilePolicy;
import io.github.camelakeeba.config.Site;
import io.github.camelakeeba.config.SiteAddress;
import io.github.camelakeeba.secret.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** One entry of {@code sites}, with defaults, as a {@link Site}. */
final class SiteReader {
  // one letter is a drive
  private static final Pattern CAMEL_URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.+");
  private static final Set<String> DELETABLE = Set.of("file", "ftp", "ftps", "sftp", "s3");

  private final Path home;
  private final SecretReader secrets;
  private final ProofReader proofs;
  private final Set<String> zones = ZoneId.getAvailableZoneIds(); // a copy each time it is asked

  SiteReader(Path home, SecretReader secrets) {
    this.home = home;
    this.secrets = secrets;
    this.proofs = new ProofReader(secrets);
  }

  /** Reports what is wrong to the section's problems; the site is then incomplete and not used. */
  Site read(String name, ConfigSection site) {
    SiteAddress address = site.parsed("url", SiteAddress::parse);
    if (!site.has("url")) {
      site.problem(
          "url", "'url' is missing; write the site's address, such as https://shop.example.com");
    }
    Secret secret = secrets.read(site, "secret");
    Secret token = token(site);
    boolean credential = site.hasKeyOrFile("secret") || site.hasKeyOrFile("token");
    if (!credential) {
      site.problem(
          "secret",
          "'secret' is missing; write the secret word of the site's JSON API, or 'secretFile',"
              + " or a Joomla API token as 'token'");
    }
    if (credential && address != null && address.endpoint() != null) {
      checkCredential(site, address.endpoint().version() == ApiEndpoint.Version.V3);
    }
    ConfigSection retry = site.child("retry");
    return new Site(
        name,
        address,
        secret,
        token,
        site.schedule("schedule", null),
        zone(site),
        site.number("profile"),
        site.nonBlankText("description"),
        site.text("comment"),
        overrides(site.child("overrides")),
        host(site.text("host"), address == null ? null : address.url()),
        site.parsed("stepTimeout", Durations::positive),
        site.parsed("deadAfter", Durations::positive),
        site.parsed("busyWait", Durations::parse),
        new Site.Retry(retry.number("unreachable"), retry.number("untrusted")),
        site.flag("enabled"),
        site.list("tags", tag -> tag),
        site.parsed("proxy", SiteReader::proxy),
        site.parsed("ca", this::certificates),
        site.parsed("maxDuration", Durations::positive),
        site.parsed("overdueAfter", Durations::positive),
        download(name, site),
        onServer(site),
        site.parsed("shrunk", SiteReader::percent),
        site.text("title"),
        proofs.read(site));
  }

  private static RemoteFilePolicy onServer(ConfigSection site) {
    RemoteFilePolicy policy = site.parsed("onServer", RemoteFilePolicy::of);
    if (policy != null && policy != RemoteFilePolicy.KEEP && !site.has("download")) {
      site.problem(
          "onServer", "needs 'download': only what is downloaded may be deleted on the site");
    }
    return policy;
  }

  private DownloadSettings download(String site, ConfigSection owner) {
    if (!owner.has("download")) {
      return null;
    }
    ConfigSection download = owner.child("download");
    if (!download.hasKeyOrFile("to")) {
      owner.problem(
          "download", "'to' is missing in it; write a folder, or the URI of a Camel endpoint");
      return null;
    }
    Secret to = secrets.unmasked(download, "to"); // its passwords are known by their names
    if (to == null) {
      return null;
    }
    String location = to.reveal().replace("{site}", site);
    boolean uri = CAMEL_URI.matcher(location).matches();
    DownloadSettings read =
        new DownloadSettings(
            uri ? null : folder(download, location),
            uri ? Secret.unmasked(location) : null,
            count(download, "keep"),
            count(download, "keepDays"),
            count(download, "keepWeekly"),
            count(download, "keepMonthly"),
            ProofReader.every(download.child("verify")));
    if (uri && read.hasRetention() && !DELETABLE.contains(location.replaceFirst(":.*", ""))) {
      owner.problem(
          "download",
          "nothing can be deleted at an endpoint of this kind; leave keep, keepDays, keepWeekly and"
              + " keepMonthly out, or write a folder, or an endpoint of file, ftp, ftps, sftp or s3");
    }
    return read;
  }

  private Path folder(ConfigSection download, String location) {
    try {
      return home.resolve(location).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      download.problem(
          "to", FileEncoding.warning() == null ? "is no folder" : FileEncoding.warning());
      return home;
    }
  }

  private static Integer count(ConfigSection download, String key) {
    int number = download.number(key);
    return number == 0 ? null : number;
  }

  private Secret token(ConfigSection site) {
    Secret token = secrets.read(site, "token");
    if (token != null && token.reveal().chars().anyMatch(c -> c <= 0x20 || c >= 0x7F)) {
      site.problem(
          site.keyOrFile("token"),
          "must be visible ASCII characters only, as Joomla shows the token");
    }
    return token;
  }

  private static void checkCredential(ConfigSection site, boolean v3) {
    if (!site.hasKeyOrFile(v3 ? "token" : "secret")) {
      site.problem(
          "url",
          v3
              ? "is an endpoint of API v3, which takes a Joomla API token; write 'token'"
              : "is an endpoint of API v2, which takes the secret word; write 'secret',"
                  + " or the site's own address");
    }
  }

  static Integer percent(String text) {
    String digits = text.strip().replaceFirst("\\s*%$", "");
    if (!digits.matches("\\d{1,3}") || Integer.parseInt(digits) > 100) {
      throw new IllegalArgumentException("must be a percentage from 0% to 100%");
    }
    return Integer.valueOf(digits);
  }

  private static String host(String named, URI url) {
    String host = named != null ? named : url == null ? "" : url.getHost();
    return host.strip().toLowerCase(Locale.ROOT);
  }

  private static Map<String, String> overrides(ConfigSection overrides) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String key : overrides.keys()) {
      String value = overrides.read(key, SiteReader::override);
      values.put(key, value == null ? "" : value);
    }
    return Collections.unmodifiableMap(values);
  }

  /** To PHP the word false is true: Akeeba's own settings have 1 and 0. */
  private static String override(JsonNode value) {
    return value.isBoolean() ? (value.asBoolean() ? "1" : "0") : value.asText("");
  }

  /** Of the key {@code zone}; without it that of the machine. */
  ZoneId zone(ConfigSection section) {
    ZoneId zone = section.parsed("zone", this::zone);
    return zone == null ? ZoneId.systemDefault() : zone;
  }

  private ZoneId zone(String name) {
    if (!zones.contains(name)) {
      // no offsets: Java's TimeZone, which Quartz asks, reads them as GMT
      throw new IllegalArgumentException(
          "is not a time zone"
              + DidYouMean.nearest(name, zones)
                  .map(near -> "; did you mean '" + near + "'?")
                  .orElse("; write a name such as Europe/Athens or UTC"));
    }
    return ZoneId.of(name);
  }

  private static URI proxy(String text) {
    AbsoluteUrl proxy = AbsoluteUrl.parse(text, Set.of("http"));
    if (proxy.userInfo() != null) {
      throw new IllegalArgumentException(
          "must not hold user:password@; not supported by this version");
    }
    if (proxy.uri().getPort() < 0 || !proxy.uri().getSchemeSpecificPart().matches("//[^/?]+/?")) {
      throw new IllegalArgumentException("must be http://host:port, with the port and no path");
    }
    return proxy.uri();
  }

  private Path certificates(String name) {
    try (InputStream pem = Files.newInputStream(home.resolve(name).normalize())) {
      if (CertificateFactory.getInstance("X.509").generateCertificates(pem).isEmpty()) {
        throw new IllegalArgumentException("is a file without a PEM certificate");
      }
      return home.resolve(name).normalize();
    } catch (CertificateException e) {
      throw new IllegalArgumentException("is not a file with PEM certificates", e);
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException("is not readable: " + SecretReader.reason(e), e);
    }
  }
}
